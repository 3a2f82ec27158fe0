import type { Page } from "@playwright/test";

/** Presses Tab through a whole page and tells where each press led, and whether it showed. */
export async function tabThrough(page: Page): Promise<{ stops: string[]; unseen: string[] }> {
  const stops: string[] = [];
  const unseen: string[] = [];
  for (let press = 0; press < 400; press += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return undefined;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const { top, bottom, left, right } = element.getBoundingClientRect();
      const isInView = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
      const order = [...document.querySelectorAll("*")].indexOf(element);
      const isSeen = isInView && outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
      return { key: `${order} ${element.tagName} ${element.textContent.slice(0, 40)}`, isSeen };
    });
    if (!stop || stops.includes(stop.key)) break;
    stops.push(stop.key);
    if (!stop.isSeen) unseen.push(stop.key);
  }
  return { stops, unseen };
}

/** Everything on a page that is there to be operated, in the order of the page. */
export function operable(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("*")]
      .map((element, order) => ({ element, order }))
      .filter(({ element }) => element.matches("a[href], button, select, summary, input:not([disabled]), [tabindex]"))
      .filter(({ element }) => element.checkVisibility())
      .map(({ element, order }) => `${order} ${element.tagName} ${element.textContent.slice(0, 40)}`),
  );
}
