import { expect } from "@playwright/test";
import { violationsOf } from "./support/axe.ts";
import { BOARDS, KINDS } from "./support/kinds.ts";
import { test } from "./support/test.ts";

for (const kind of [...KINDS, ...BOARDS]) {
  test(`axe finds nothing on ${kind.name}, light or dark`, async ({ page, visit }) => {
    await visit(kind);
    expect(await violationsOf(page)).toEqual([]);
  });
}

test("axe can find something, in either theme", async ({ page, visit }) => {
  await visit({ name: "home", site: "empty", path: "/" });
  await page.evaluate(() => {
    document.querySelector("h1")?.style.setProperty("color", "light-dark(#eee, #222)");
    document.querySelector("nav")?.removeAttribute("aria-label");
    document.querySelector("main")?.insertAdjacentHTML("beforeend", '<img src="/favicon.svg">');
  });
  const found = await violationsOf(page);
  expect(found.map(({ theme, id }) => `${theme} ${id}`)).toEqual(
    expect.arrayContaining(["light image-alt", "light color-contrast", "dark color-contrast"]),
  );
});
