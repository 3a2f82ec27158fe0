import { expect } from "@playwright/test";
import { LONG_NAME } from "./support/full-site.ts";
import { kindOf } from "./support/kinds.ts";
import { test, withAndWithoutScript } from "./support/test.ts";

withAndWithoutScript(() => {
  test("the first page says in words what is wrong, since when, and when we last spoke", async ({ page, visit }) => {
    await visit(kindOf("home"));
    await expect(page).toHaveTitle("Major outage · Lumen status");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Major outage");
    const state = page.getByRole("region", { name: "Current state" });
    await expect(state).toContainText(/Affected: .*Checkout/);
    await expect(state).toContainText(/for 3 hours/);
    await expect(state).toContainText(/Last update 2\d minutes ago/);
  });

  test("what is going on is shown with its newest update, worst first", async ({ page, visit }) => {
    await visit(kindOf("home"));
    const now = page.getByRole("region", { name: "Happening now" });
    await expect(now.getByRole("heading", { level: 3 })).toHaveText([
      "Payments fail at checkout",
      "Search is slow",
      "New cables in the second hall",
      "Disks are replaced",
    ]);
    const payments = now.getByRole("article").first();
    await expect(payments).toContainText("Critical impact");
    await expect(payments).toContainText("Sign-in and Checkout");
    await expect(payments).toContainText(/Monitoring 2\d minutes ago/);
    await expect(payments).toContainText("A new certificate is in place, and the first payments arrive.");
    await expect(payments).not.toContainText("No card is accepted");
    await expect(payments.getByRole("link", { name: "All 4 updates" })).toHaveAttribute(
      "href",
      "/incidents/payments-fail",
    );
    await expect(now.getByRole("article").nth(1)).toContainText(/Minor impact.*for about 5 hours/);
    await expect(now.getByRole("article").nth(2)).toContainText(/until \d\d:\d\d UTC/);
    await expect(now.getByRole("article").nth(3)).toContainText(/should have ended \d\d:\d\d UTC/);
  });

  test("planned maintenance is announced, and drafts are nowhere", async ({ page, visit }) => {
    await visit(kindOf("home"));
    const planned = page.getByRole("region", { name: "Planned maintenance" }).getByRole("article");
    await expect(planned).toHaveCount(1);
    await expect(planned).toContainText(
      /The edge routers are replaced.*planned for 1 hr, 30 mins.*Checkout and Network/,
    );
    await expect(page.locator("body")).not.toContainText("A draft that nobody may see");
  });
});

withAndWithoutScript(() => {
  test("every component says its state today in words", async ({ page, visit }) => {
    await visit(kindOf("home"));
    await expect(page.locator(".component-head")).toHaveText([
      "Sign-inOperational",
      "CheckoutMajor outage",
      "SearchDegraded performance",
      "UploadsOperational",
      `${LONG_NAME}Under maintenance`,
      `${"Donaudampfschifffahrt".repeat(4)}Operational`,
      "NetworkUnder maintenance",
      "PreviewsOperational",
    ]);
    await expect(page.getByRole("region", { name: "Shop" }).locator(".component")).toHaveCount(3);
  });

  test("ninety days stand as a picture with a text in its place", async ({ page, visit }) => {
    await visit(kindOf("home"));
    const bars = (name: string) => page.locator(".component", { hasText: name }).getByRole("img");
    await expect(page.locator(".component").getByRole("img")).toHaveCount(8);
    await expect(bars("Uploads")).toHaveAccessibleName(/^Affected on 1 of the last 90 days; 99\.9\d% uptime$/);
    await expect(bars("Uploads").locator("title")).toHaveText(/^\d+ \w+ \d{4}: partial outage, for .+$/);
    await expect(bars("Donaudampf")).toHaveAccessibleName("Affected on 1 of the last 90 days; 100.00% uptime");
    // The days in words, by keyboard as by touch.
    const uploads = page.locator(".component", { hasText: "Uploads" });
    await uploads.getByRole("link", { name: "Uploads" }).focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect(uploads.getByRole("listitem").first()).toHaveText(/^\d+ \w+ \d{4}: partial outage, for .+$/);
  });

  test("recent days list what began, and say so where nothing did", async ({ page, visit }) => {
    await visit(kindOf("home"));
    const days = page.getByRole("region", { name: "Recent days" });
    await expect(days.getByText("No incidents")).not.toHaveCount(0);
    for (const title of [
      "Payments fail at checkout",
      "Receipts were lost",
      "Old pages were shown",
      "Uploads were lost",
    ]) {
      // What lasts past midnight is named again as continued.
      await expect(days.getByRole("link", { name: title }).first()).toBeVisible();
    }
    await expect(days).toContainText("All stores take uploads again.");
    await expect(days.getByRole("link", { name: "All incidents and maintenance" })).toHaveAttribute("href", "/history");
  });
});

withAndWithoutScript(() => {
  test("where all is well the first page says so", async ({ page, visit }) => {
    await visit(kindOf("home-empty"));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("All systems operational");
    await expect(page.getByRole("region", { name: "Current state" })).toContainText(
      /As of \w+ \d+, \d{4} at \d\d:\d\d (?:[A-Z]{2,5}|GMT[+-]\d+)/,
    );
    await expect(page.getByRole("region", { name: "Happening now" })).toHaveCount(0);
    const days = page.getByRole("region", { name: "Recent days" });
    await expect(days.getByText("No incidents")).toHaveCount(1);
    await expect(days.locator("dt")).toHaveText(/^\w+ \d+\s–\s(?:\w+ )?\d+$/);
  });

  test("the frame leads everywhere and names the feeds", async ({ page, visit, sites }) => {
    await visit(kindOf("home"));
    const main = page.getByRole("navigation", { name: "Main" });
    await expect(main.getByRole("link")).toHaveText(["Status", "History", "Maintenance", "Reports"]);
    await expect(main.getByRole("link", { name: "Status" })).toHaveAttribute("aria-current", "page");
    for (const [name, path] of [
      ["Atom", "/history.atom"],
      ["RSS", "/history.rss"],
      ["JSON", "/feed.json"],
    ] as const) {
      await expect(page.getByRole("contentinfo").getByRole("link", { name })).toHaveAttribute("href", path);
      const known = page.locator(`head link[rel=alternate][href="${path}"]`);
      await expect(known).toHaveAttribute("type", /^application\/(?:atom\+xml|rss\+xml|feed\+json)$/);
    }
    await expect(page.getByRole("link", { name: "help@lumen.example" })).toHaveAttribute(
      "href",
      "mailto:help@lumen.example",
    );
    await expect(page.locator("link[rel=canonical]")).toHaveAttribute("href", /^https:\/\/status\.lumen\.example\/?$/);
    expect(await sites.log("full")).toContain("Candor is up");
  });
});
