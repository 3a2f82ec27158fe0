import { expect } from "@playwright/test";
import { dayAgo } from "./support/content.ts";
import { ROUTINE } from "./support/full-site.ts";
import { test, withAndWithoutScript } from "./support/test.ts";

const page404 = { name: "nowhere", site: "full", path: "/incidents/nowhere", status: 404 } as const;
const on = (path: string, site: "full" | "empty" = "full") => ({ name: path, site, path }) as const;

withAndWithoutScript(() => {
  test("the history lists every month with its number of events", async ({ page, visit }) => {
    await visit(on("/history"));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("History");
    const [year = "", month = ""] = dayAgo(6).split("-");
    const link = page.getByRole("navigation", { name: "Months" }).locator(`a[href="/history/${year}/${month}"]`);
    await expect(link).toHaveAccessibleName(/^\w+ \d+: \w+ \d{4}$/);
    const count = Number(await link.locator("strong").innerText());
    await link.click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^\w+ \d{4}$/);
    await expect(page.getByRole("article")).toHaveCount(count);
    await expect(page.locator(".lead")).toHaveText(`${count} ${count === 1 ? "event" : "events"}.`);
    await expect(page.getByRole("link", { name: "Uploads were lost" })).toBeVisible();
    await page.getByRole("navigation", { name: "Months" }).locator("a[rel=prev]").click();
    await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("History");
    await page.getByRole("link", { name: "All months" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("History");
  });

  test("the history is narrowed by component, impact, kind and tag", async ({ page, visit }) => {
    await visit(on("/history"));
    await page.getByLabel("Component").selectOption("Search");
    await page.getByLabel("Impact").selectOption("Minor impact");
    await page.getByLabel("Kind").selectOption("Incidents");
    await page.getByLabel("Tag").selectOption("routine");
    await page.getByRole("button", { name: "Show" }).click();
    await expect(page).toHaveURL(/\?component=search&impact=minor&kind=incident&tag=routine$/);
    await expect(page.locator(".lead")).toHaveText(new RegExp(`^${ROUTINE} of \\d+ incidents and maintenances\\.$`));
    await expect(page.getByLabel("Component")).toHaveValue("search");
    await expect(page.getByRole("article")).toHaveCount(50);
    const pages = page.getByRole("navigation", { name: "Pages" });
    await expect(pages).toContainText("Page 1 of 2");
    await pages.getByRole("link", { name: "Older" }).click();
    await expect(page.getByRole("article")).toHaveCount(ROUTINE - 50);
    await expect(page.getByRole("link", { name: `Short break no. ${ROUTINE}`, exact: true })).toBeVisible();
    await page.getByRole("link", { name: "Newer" }).click();
    await expect(page.getByRole("article")).toHaveCount(50);
    await page.getByRole("link", { name: "Show everything" }).click();
    await expect(page).toHaveURL(/\/history$/);
  });

  test("a history in which nothing matches says so", async ({ page, visit }) => {
    await visit(on("/history?component=sign-in&tag=routine"));
    await expect(page.getByText("Nothing matches. Try with less.")).toBeVisible();
    await visit(on("/history?kind=maintenance"));
    await expect(page.getByRole("article").getByRole("heading")).toHaveText([
      "New cables in the second hall",
      "Disks are replaced",
      "New kernels",
    ]);
    await visit(on("/history?page=99999"));
    await expect(page.getByRole("article")).not.toHaveCount(0);
  });
});

withAndWithoutScript(() => {
  test("a component tells its state, its uptime by month and year, and what affected it", async ({ page, visit }) => {
    await visit(on("/components/search"));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Search");
    await expect(page.locator(".kicker")).toHaveText("Degraded performanceShop");
    await expect(page.getByText(/^Observed since \d+ \w+ \d{4}$/)).toBeVisible();
    await expect(page.getByRole("region", { name: "By month" }).getByRole("row")).toHaveCount(13);
    await expect(page.getByRole("region", { name: "By year" }).getByRole("row").nth(1)).toHaveText(
      new RegExp(`^${dayAgo(0).slice(0, 4)}\\d+\\.\\d\\d%`),
    );
    const events = page.getByRole("region", { name: "Incidents and maintenance" });
    await expect(events.getByRole("article")).toHaveCount(20);
    await events.getByRole("link", { name: /^All \d+$/ }).click();
    await expect(page).toHaveURL(/\/history\?component=search$/);
  });

  test("a component without trouble says so", async ({ page, visit }) => {
    await visit(on("/components/checkout"));
    await expect(page.getByText("Paying for what is in the basket")).toBeVisible();
    const lost = page.getByRole("region", { name: "By year" }).getByRole("row").nth(1);
    await expect(lost).toContainText(/3 hr.*Major outage/);
    await visit(on("/components/previews"));
    await expect(page.getByRole("article")).toHaveCount(1);
    await expect(page.getByRole("region", { name: "The last 90 days" }).getByRole("img")).toHaveAccessibleName(
      /^Affected on 1 of the last 10 days/,
    );
  });

  test("reports are listed, with those that are promised and what is still to be done", async ({ page, visit }) => {
    await visit(on("/reports"));
    const promised = page.getByRole("region", { name: "Promised" }).getByRole("listitem");
    await expect(promised).toHaveText([
      /^Sign-in failed twiceThe preliminary report was due on .* and is overdue\.$/,
      /^Old pages were shownThe final report was due on .* and is overdue\.$/,
      /^Receipts were lostThe preliminary report is due on .*\.$/,
    ]);
    const written = page.getByRole("region", { name: "Published" }).getByRole("article");
    await expect(written).toHaveCount(4);
    await expect(written.first()).toContainText(/Old pages were shown.*Preliminary report/);
    const open = page.getByRole("region", { name: "Open follow-up" });
    await expect(open.getByRole("listitem")).toHaveCount(4);
    await expect(open).toContainText("Overdue, due");
    await expect(open).not.toContainText("Watch the free space of every store");
  });

  test("maintenance is sorted into now, upcoming and past", async ({ page, visit }) => {
    await visit(on("/maintenance"));
    const section = (name: string) => page.getByRole("region", { name, exact: true }).getByRole("article");
    await expect(section("Now")).toHaveText([/New cables in the second hall/, /Disks are replaced/]);
    await expect(section("Upcoming")).toHaveText(/The edge routers are replaced/);
    await expect(section("Past")).toHaveText(/New kernels.*lasted 45 mins/);
  });
});

withAndWithoutScript(() => {
  test("lists without anything say so", async ({ page, visit }) => {
    await visit(on("/history", "empty"));
    await expect(page.getByText("Nothing has happened yet.")).toBeVisible();
    await visit(on("/reports", "empty"));
    await expect(page.getByText("No report has been published yet.")).toBeVisible();
    await visit(on("/maintenance", "empty"));
    await expect(page.locator(".empty")).toHaveText([
      "No maintenance is in progress.",
      "None is planned.",
      "None so far.",
    ]);
  });

  test("an address without a page says so and leads on", async ({ page, visit }) => {
    await visit(page404);
    await expect(page).toHaveTitle("Page not found · Lumen status");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no such page");
    await expect(page.getByRole("link", { name: "major outage" })).toHaveAttribute("href", "/");
    await expect(page.getByRole("article")).toHaveCount(3);
    await page.getByRole("article").getByRole("link").first().click();
    await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("There is no such page");
  });

  test("a page that cannot be drawn says whose fault it is, and leads on", async ({ page, visit }) => {
    await visit({ name: "error", site: "broken", path: "/history", status: 500 });
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("This page cannot be shown right now");
    await expect(page.getByRole("main")).toContainText("The fault is on our side");
    await expect(page.getByRole("main").getByRole("link")).toHaveText(["Current status", "Feed"]);
  });
});
