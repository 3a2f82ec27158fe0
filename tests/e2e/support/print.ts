import type { Page } from "@playwright/test";

/** What only a screen needs. */
const FOR_SCREENS = ".skip, .header nav, .footer, .filters, .pager, .contents, .permalink, .follow, .badge";

/** What a page on the screen says and its print does not, and what it prints that only a screen needs. */
export async function printed(page: Page): Promise<{ texts: number; lost: string[]; forScreens: number }> {
  const texts = await page.evaluateHandle((selector) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: Element[] = [];
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (parent && !parent.closest(`${selector}, title, script`)) found.push(parent);
    }
    return found;
  }, FOR_SCREENS);
  await page.emulateMedia({ media: "print" });
  const lost = await texts.evaluate((found) =>
    found.filter((element) => !element.checkVisibility()).map(({ textContent }) => textContent),
  );
  return {
    texts: await texts.evaluate((found) => found.length),
    lost,
    forScreens: await page.locator(FOR_SCREENS).filter({ visible: true }).count(),
  };
}
