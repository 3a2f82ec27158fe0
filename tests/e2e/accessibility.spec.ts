import { expect } from "@playwright/test";
import { violationsOf } from "./support/axe.ts";
import { test } from "./support/test.ts";

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
