import { expect } from "@playwright/test";
import { NOW } from "./support/content.ts";
import { test } from "./support/test.ts";

const on = (path: string) => ({ name: path, site: "full", path }) as const;
const DEMO = { name: "demo", site: "demo", path: "/incidents/2017-08-23-updates-reached-the-wrong-screens" } as const;
const DARK = "rgb(19, 20, 22)";
const LIGHT = "rgb(251, 251, 250)";

test("a reader elsewhere reads times in the own zone, and in the site's again", async ({ browser, sites }) => {
  const context = await browser.newContext({ timezoneId: "America/New_York", locale: "en-GB" });
  const page = await context.newPage();
  await page.goto((await sites.url("demo")) + DEMO.path);
  const began = page.locator(".facts time").first();
  const rough = page.locator(".updates-when time").nth(1);
  await expect(began).toHaveText(/^23 August 2017 at 05:05:14 (?:EDT|GMT-4)$/);
  await expect(began).toHaveAttribute("datetime", "2017-08-23T11:05:14+02:00");
  await expect(began).toHaveAttribute("title", "23 August 2017 at 11:05:14 CEST");
  await expect(rough).toHaveText(/^about 23 August 2017 at 05:10 (?:EDT|GMT-4)$/);
  await expect(page.locator(".footer-zone")).toContainText("Times are in your zone, America/New York.");
  await page.getByRole("button", { name: "Show Europe/Copenhagen" }).click();
  await expect(began).toHaveText("23 August 2017 at 11:05:14 CEST");
  await expect(began).not.toHaveAttribute("title");
  await page.reload();
  await expect(began, "the choice is kept").toHaveText("23 August 2017 at 11:05:14 CEST");
  await page.getByRole("button", { name: "Show mine" }).click();
  await expect(began).toHaveText(/05:05:14/);
  await context.close();
});

test("dates without a time are the same in every zone", async ({ browser, sites }) => {
  const context = await browser.newContext({ timezoneId: "Pacific/Auckland", locale: "en-GB" });
  const page = await context.newPage();
  await page.goto(`${await sites.url("demo")}/incidents/2019-09-03-passwords-sent-to-their-own-customers`);
  await expect(page.locator(".facts time").first()).toHaveText(/^2\s?–\s?3 September 2019$/);
  await expect(page.locator(".updates-when time").last()).toHaveText("3 September 2019");
  await context.close();
});

test("a reader in the site's zone is offered no other", async ({ page, visit }) => {
  await visit(DEMO);
  await expect(page.getByRole("button")).toHaveText([/^(?:Share|Copy link)$/, "Dark theme"]);
  await expect(page.locator(".facts time").first()).toHaveText("23 August 2017 at 11:05:14 CEST");
});

test("the theme follows the system until the reader chooses, and the choice is kept", async ({ page, visit }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await visit(on("/"));
  await expect(page.locator("html")).toHaveCSS("background-color", DARK);
  await page.getByRole("button", { name: "Light theme" }).click();
  await expect(page.locator("html")).toHaveCSS("background-color", LIGHT);
  await visit(on("/history"));
  await expect(page.locator("html")).toHaveCSS("background-color", LIGHT);
  await page.getByRole("button", { name: "Dark theme" }).click();
  await page.emulateMedia({ colorScheme: "light" });
  await page.reload();
  await expect(page.locator("html")).toHaveCSS("background-color", DARK);
});

test("a theme that was chosen does not flash the other one first", async ({ page, visit }) => {
  await page.addInitScript(() => localStorage.setItem("theme", "dark"));
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      document.documentElement.dataset["first"] = document.documentElement.dataset["theme"] ?? "none";
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await visit(on("/"));
  await expect(page.locator("html")).toHaveAttribute("data-first", "dark");
});

test("a reader who allows no storage has everything but a memory", async ({ browser, sites }) => {
  const context = await browser.newContext({ timezoneId: "America/New_York", locale: "en-GB" });
  await context.addInitScript(() => {
    Object.defineProperty(globalThis, "localStorage", {
      get() {
        throw new DOMException("The operation is insecure.", "SecurityError");
      },
    });
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto((await sites.url("demo")) + DEMO.path);
  await expect(page.locator(".facts time").first()).toHaveText(/05:05:14/);
  await page.getByRole("button", { name: "Dark theme" }).click();
  await expect(page.locator("html")).toHaveCSS("background-color", DARK);
  await page.getByRole("button", { name: "Light theme" }).click();
  await expect(page.locator("html")).toHaveCSS("background-color", LIGHT);
  await page.getByRole("button", { name: "Show Europe/Copenhagen" }).click();
  await expect(page.locator(".facts time").first()).toHaveText("23 August 2017 at 11:05:14 CEST");
  await page.getByRole("button", { name: "Show mine" }).click();
  await expect(page.locator(".facts time").first()).toHaveText(/05:05:14/);
  expect(complaints).toEqual([]);
  await context.close();
});

test("ages stay true while a page stays open", async ({ page, visit }) => {
  // The browser's clock stands where the fixtures were dated from, however long ago that is.
  await page.clock.install({ time: NOW });
  await visit(on("/incidents/payments-fail"));
  const age = page.locator(".updates .age").first();
  await expect(age).toHaveText("20 minutes ago");
  await page.clock.fastForward("02:00:00");
  await expect(age).toHaveText("2 hours ago");
});

test("no reader is given a cookie, and a first visit leaves nothing behind", async ({ page, visit, context }) => {
  const response = await visit(on("/"));
  expect(await response.headerValue("set-cookie")).toBeNull();
  await visit(on("/incidents/uploads-lost"));
  expect(await context.cookies()).toEqual([]);
  expect(await page.evaluate(() => ({ ...localStorage }))).toEqual({});
});

test("moving parts stand still for readers who ask for it", async ({ page, visit }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await visit(on("/"));
  await expect(page.locator("html")).toHaveCSS("scroll-behavior", "auto");
});
