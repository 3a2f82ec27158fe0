import { expect } from "@playwright/test";
import { test } from "./support/test.ts";

const on = (path: string) => ({ name: path, site: "full", path }) as const;

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
