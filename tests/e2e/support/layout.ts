import type { Page } from "@playwright/test";

/** What must be easy to hit with a finger: everything but links inside a sentence and marks that repeat another link. */
const TARGETS =
  "a:not(.prose *, .lead *, sup *, .permalink), button, select, summary, .skip:focus, .timeline-figure a, [role=button]";

/** Names of what is wider than the page although nothing lets it scroll. */
export function stickingOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const isScrolled = (element: Element) => element.closest(".scroll, pre, .sr-only, .skip, svg") !== null;
    return [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > width + 0.5 && !isScrolled(element))
      .map((element) => `${element.tagName}.${element.className} ${element.textContent.slice(0, 30)}`);
  });
}

export function smallTargets(page: Page): Promise<string[]> {
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
