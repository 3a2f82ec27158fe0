import { expect, type Page } from "@playwright/test";
import { KINDS } from "./support/kinds.ts";
import { test } from "./support/test.ts";

/** What must be easy to hit with a finger: everything but links inside a sentence and marks that repeat another link. */
const TARGETS =
  "a:not(.prose *, .lead *, sup *, .permalink), button, select, summary, .skip:focus, .timeline-figure a, [role=button]";

/** Names of what is wider than the page although nothing lets it scroll. */
function stickingOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const isScrolled = (element: Element) => element.closest(".scroll, pre, .sr-only, .skip, svg") !== null;
    return [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > width + 0.5 && !isScrolled(element))
      .map((element) => `${element.tagName}.${element.className} ${element.textContent.slice(0, 30)}`);
  });
}

function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((selector) => {
    const isSmall = ({ width, height }: DOMRect) => Math.round(width) < 24 || Math.round(height) < 24;
    return [...document.querySelectorAll(selector)]
      .filter((element) => element.checkVisibility() && isSmall(element.getBoundingClientRect()))
      .map((element) => {
        const { width, height } = element.getBoundingClientRect();
        return `${element.outerHTML.slice(0, 80)} ${width}×${height}`;
      });
  }, TARGETS);
}

for (const kind of KINDS) {
  test(`${kind.name} fits a telephone, and every target a finger`, async ({ page, visit }) => {
    for (const width of [320, 390]) {
      await page.setViewportSize({ width, height: 700 });
      await visit(kind);
      const scrolled = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(scrolled, "width of what can be scrolled to").toBeLessThanOrEqual(width);
      expect(await stickingOut(page)).toEqual([]);
      expect(await smallTargets(page)).toEqual([]);
    }
  });
}
