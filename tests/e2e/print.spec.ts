import { expect } from "@playwright/test";
import { KINDS } from "./support/kinds.ts";
import { test } from "./support/test.ts";

/** What only a screen needs. */
const FOR_SCREENS = ".skip, .header nav, .footer, .filters, .pager, .contents, .permalink";

for (const kind of KINDS.filter(({ status }) => status === undefined)) {
  test(`${kind.name} prints its text whole and its way about not at all`, async ({ page, visit }) => {
    await visit(kind);
    const texts = await page.evaluateHandle((selector) => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found: Element[] = [];
      while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (parent && !parent.closest(`${selector}, title, script`)) found.push(parent);
      }
      return found;
    }, FOR_SCREENS);
    expect(await texts.evaluate((found) => found.length)).toBeGreaterThan(3);
    await page.emulateMedia({ media: "print" });
    const lost = await texts.evaluate((found) =>
      found.filter((element) => !element.checkVisibility()).map(({ textContent }) => textContent),
    );
    expect(lost).toEqual([]);
    await expect(page.locator(FOR_SCREENS).filter({ visible: true })).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  });
}

test("a report prints on white paper, with the addresses its links lead to", async ({ page, visit }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await visit({ name: "report", site: "full", path: "/incidents/payments-fail" });
  await expect(page.locator("html")).toHaveCSS("background-color", "rgb(19, 20, 22)");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.locator("html")).toHaveCSS("background-color", "rgb(251, 251, 250)");
  const after = await page
    .getByRole("link", { name: "our shop’s help" })
    .evaluate((link) => getComputedStyle(link, "::after").content);
  expect(after).toContain("https://lumen.example/help/pay");
});

test("a thousand updates print as more than a page", async ({ page, visit }) => {
  await visit({ name: "thousand", site: "full", path: "/incidents/thousand-updates" });
  const pdf = await page.pdf({ format: "A4" });
  const counts = [...pdf.toString("latin1").matchAll(/\/Count (\d+)/g)].map(([, count]) => Number(count));
  expect(Math.max(0, ...counts)).toBeGreaterThan(40);
});
