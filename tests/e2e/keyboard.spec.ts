import { expect, type Page } from "@playwright/test";
import { KINDS } from "./support/kinds.ts";
import { test } from "./support/test.ts";

const on = (path: string) => ({ name: path, site: "full", path }) as const;

/** Presses Tab through a whole page and tells where each press led, and whether it showed. */
async function tabThrough(page: Page): Promise<{ stops: string[]; unseen: string[] }> {
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
function operable(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("*")]
      .map((element, order) => ({ element, order }))
      .filter(({ element }) => element.matches("a[href], button, select, summary, input:not([disabled]), [tabindex]"))
      .filter(({ element }) => element.checkVisibility())
      .map(({ element, order }) => `${order} ${element.tagName} ${element.textContent.slice(0, 40)}`),
  );
}

for (const kind of KINDS.filter(({ isEndless, name }) => !isEndless && name !== "history-filtered")) {
  test(`every control of ${kind.name} is reached by Tab, in the page's order, and shows it`, async ({
    page,
    visit,
  }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await visit(kind);
    const { stops, unseen } = await tabThrough(page);
    expect(stops).toEqual(await operable(page));
    expect(unseen).toEqual([]);
  });
}

test("the first stop skips to the content", async ({ page, visit }) => {
  await visit(on("/"));
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).not.toBeInViewport();
  await page.keyboard.press("Tab");
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#main$/);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("main").getByRole("link").first()).toBeFocused();
});

test("filters, themes and folded contents are operated by key", async ({ page, visit }) => {
  await visit(on("/history"));
  await page.getByLabel("Kind").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByLabel("Kind")).toHaveValue("maintenance");
  await page.getByRole("button", { name: "Show", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/kind=maintenance/);
  await page.getByRole("button", { name: "Dark theme" }).focus();
  await page.keyboard.press("Space");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("button", { name: "Light theme" })).toBeFocused();
  await visit(on("/incidents/uploads-lost"));
  const contents = page.getByRole("navigation", { name: "Contents of the report" });
  await contents.locator("summary").focus();
  await page.keyboard.press("Enter");
  await expect(contents.getByRole("link").first()).toBeHidden();
});

test("what scrolls sideways is scrolled by key", async ({ page, visit }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await visit(on("/incidents/uploads-lost"));
  for (const scrolled of [page.locator("pre"), page.getByRole("region", { name: "Table" })]) {
    await scrolled.focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => scrolled.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0);
  }
});
