import { expect, type Page } from "@playwright/test";
import { violationsOf } from "./support/axe.ts";
import { operable, tabThrough } from "./support/keyboard.ts";
import { BOARDS, KINDS, type Kind } from "./support/kinds.ts";
import { smallTargets, stickingOut } from "./support/layout.ts";
import { expectSound } from "./support/markup.ts";
import { printed } from "./support/print.ts";
import { test } from "./support/test.ts";

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

// Each page is visited once and looked at from every side, whatever one of them finds: hence the soft expectations.

/** Its markup is sound, and nothing in it can run. @returns its markup */
async function expectSafe(url: string, status: number): Promise<string> {
  const answer = await fetch(url);
  expect.soft(answer.status).toBe(status);
  expect.soft(answer.headers.get("content-security-policy")).toBe(POLICY);
  expect.soft(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  const html = await answer.text();
  await expectSound(html);
  return html;
}

/** Every control is reached by Tab, in the page's order, and shows it. */
async function expectOperable(page: Page): Promise<void> {
  const { stops, unseen } = await tabThrough(page);
  expect.soft(stops).toEqual(await operable(page));
  expect.soft(unseen).toEqual([]);
}

/** It prints its text whole, and its way about not at all. */
async function expectPrintable(page: Page): Promise<void> {
  const { texts, lost, forScreens } = await printed(page);
  expect.soft(texts).toBeGreaterThan(3);
  expect.soft(lost).toEqual([]);
  expect.soft(forScreens, "of what only a screen needs").toBe(0);
  await expect.soft(page.getByRole("heading", { level: 1 })).toBeVisible();
}

/** It fits a telephone, and every target a finger. */
async function expectHandy(page: Page, visit: (kind: Kind) => Promise<unknown>, kind: Kind): Promise<void> {
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 700 });
    await visit(kind);
    const scrolled = await page.evaluate(() => document.documentElement.scrollWidth);
    expect.soft(scrolled, "width of what can be scrolled to").toBeLessThanOrEqual(width);
    expect.soft(await stickingOut(page), `sticking out at ${width}`).toEqual([]);
    expect.soft(await smallTargets(page), `too small at ${width}`).toEqual([]);
  }
}

for (const kind of KINDS) {
  const { name, site, path, status = 200, isEndless } = kind;
  test(`${name} is sound, accessible in either theme, printed, operated by key and fits a telephone`, async ({
    page,
    sites,
    visit,
  }) => {
    const html = await expectSafe((await sites.url(site)) + path, status);
    expect.soft(html.includes('<script src="/assets/candor.js"></script>')).toBe(status !== 500);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await visit(kind);
    if (!isEndless && name !== "history-filtered") await expectOperable(page);
    expect.soft(await violationsOf(page)).toEqual([]);
    if (status === 200) {
      await page.emulateMedia({ colorScheme: "light" });
      await expectPrintable(page);
      await page.emulateMedia({ media: "screen" });
    }
    await expectHandy(page, visit, kind);
  });
}

for (const kind of BOARDS) {
  test(`${kind.name} is sound and accessible in either theme`, async ({ page, sites, visit }) => {
    await expectSafe((await sites.url(kind.site)) + kind.path, 200);
    await visit(kind);
    expect.soft(await violationsOf(page)).toEqual([]);
  });
}
