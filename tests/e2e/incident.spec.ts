import { expect, type Locator, type Page } from "@playwright/test";
import { dayAgo } from "./support/content.ts";
import { ARABIC_TITLE, LONG_TITLE, MOST_UPDATES, STACKED } from "./support/strange-entries.ts";
import { test, withAndWithoutScript } from "./support/test.ts";

const incident = (slug: string) => ({ name: slug, site: "full", path: `/incidents/${slug}` }) as const;
const demo = (slug: string) => ({ name: slug, site: "demo", path: `/incidents/${slug}` }) as const;

/** What stands beside a name in the facts of a page. */
function fact(page: Page, name: string): Locator {
  return page
    .locator(".facts > div")
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator("dd");
}

const updates = (page: Page) => page.getByRole("region", { name: "Updates" }).locator("ol > li");

withAndWithoutScript(() => {
  test("an open incident tells its impact, state, age and every update, newest first", async ({ page, visit }) => {
    await visit(incident("payments-fail"));
    await expect(page).toHaveTitle("Payments fail at checkout · Lumen status");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Payments fail at checkout");
    await expect(page.locator(".kicker")).toHaveText(/Critical impactMonitoring/);
    await expect(fact(page, "Began")).toContainText(/ UTC.*3 hours ago/);
    await expect(fact(page, "Detected")).toContainText("10 minutes after it began");
    await expect(fact(page, "Has lasted")).toContainText("3 hours");
    await expect(fact(page, "Resolved")).toHaveCount(0);
    await expect(fact(page, "Affected").getByRole("listitem")).toHaveText([
      "Checkout Major outage",
      "Sign-in Operational",
    ]);
    await expect(updates(page).getByRole("heading")).toHaveText([
      "Monitoring",
      "Update",
      "Identified",
      "Investigating",
    ]);
    await expect(updates(page).nth(1).getByRole("list", { name: "Components that changed" })).toHaveText(
      "Sign-in: partial outage → operational",
    );
  });

  test("every update has an address of its own", async ({ page, visit }) => {
    await visit(incident("payments-fail"));
    for (const update of await updates(page).all()) {
      const id = await update.getAttribute("id");
      expect(id).toMatch(/^u\d{8}T\d{6}Z$/);
      await expect(update.locator(".updates-when a")).toHaveAttribute("href", `#${id}`);
    }
    await updates(page).last().locator(".updates-when a").click();
    await expect(page).toHaveURL(/#u\d{8}T\d{6}Z$/);
    await expect(updates(page).last()).toBeInViewport();
  });

  test("a resolved incident tells how long each part took, and what was said later as such", async ({
    page,
    visit,
  }) => {
    await visit(incident("uploads-lost"));
    await expect(page.locator(".kicker")).toHaveText(/Major impactResolved.*storage.*data loss/);
    await expect(fact(page, "Began")).toContainText(/^\d+ \w+ \d{4} at 12:00 CES?T/);
    await expect(fact(page, "Detected")).toContainText("4 minutes after it began");
    await expect(fact(page, "Resolved")).toContainText(/at 13:14 CES?T 1 hour, 10 minutes after detection/);
    await expect(fact(page, "Lasted")).toHaveText("1 hour, 14 minutes");
    await expect(fact(page, "Affected")).toContainText("Uploads Partial outage");
    await expect(updates(page).first().getByRole("heading", { level: 3 })).toHaveText("Updateafter the resolution");
    await expect(page.getByText("after the resolution")).toHaveCount(1);
    await expect(page.locator(".is-end")).toHaveCount(1);
  });

  test("follow-up is done, open or overdue, in words", async ({ page, visit }) => {
    await visit(incident("uploads-lost"));
    const actions = page.getByRole("region", { name: "Follow-up" }).getByRole("listitem");
    await expect(actions).toHaveText([
      /^Watch the free space of every storeDone \d+ \w+ \d{4}Storage team$/,
      /^Refuse uploads before a store is fullOpen, due \d+ \w+ \d{4}Storage team$/,
      /^Ask the vendor for larger disksOverdue, due \d+ \w+ \d{4}$/,
      /^Write down what a full store looks likeOpen$/,
    ]);
    await expect(actions.nth(1).getByRole("link")).toHaveAttribute("href", "https://lumen.example/todo/2");
  });
});

withAndWithoutScript(() => {
  test("a report stands whole below its updates", async ({ page, visit }) => {
    await visit(incident("uploads-lost"));
    const report = page.getByRole("region", { name: "Report", exact: true });
    await expect(report).toContainText(/Published \d+ \w+ \d{4} at 12:00 CES?T \d+ days ago\./);
    const contents = page.getByRole("navigation", { name: "Contents of the report" }).getByRole("link");
    await expect(contents).toHaveText(["Summary of impact", "Timeline", "Root cause", "Next steps"]);
    for (const link of await contents.all()) {
      const heading = page.locator((await link.getAttribute("href")) ?? "nothing");
      await expect(heading).toHaveText(`${await link.textContent()}#`);
    }
    await expect(report.getByRole("note")).toHaveText(
      /Warning\s+A store that is full answers as if it had kept the file\./,
    );
    await expect(report.getByRole("region", { name: "Table" }).getByRole("row")).toHaveCount(3);
    await expect(report.getByRole("region", { name: "Table" }).getByRole("cell").nth(1)).toHaveCSS(
      "text-align",
      /right$/,
    );
    await expect(report.locator("pre")).toContainText('{ "stored": true, "reason": "the disk is full');
    await expect(report.locator("pre .hljs-attr").first()).toHaveText('"stored"');
    await expect(report.getByRole("checkbox", { name: "Done", exact: true })).toBeChecked();
    await expect(report.getByRole("checkbox", { name: "Not done" })).not.toBeChecked();
    await expect(report.getByRole("link", { name: "what failed at checkout" })).toHaveAttribute(
      "href",
      "/incidents/payments-fail",
    );
    await expect(report.getByRole("link", { name: "the mail" })).toHaveAttribute(
      "href",
      "/incidents/lost-mail#updates",
    );
  });

  test("a report shows its pictures and draws its timeline", async ({ page, visit }) => {
    await visit(incident("uploads-lost"));
    const picture = page.getByRole("img", { name: "A line that rises steeply and falls again" });
    await picture.scrollIntoViewIfNeeded();
    await expect(picture).toHaveAttribute("src", /^\/files\/[0-9a-f]{16}\/lost\.svg$/);
    await expect(picture).toHaveJSProperty("naturalWidth", 200);
    const pixel = page.getByRole("img", { name: "One pixel" });
    await expect(pixel).toHaveAttribute("src", /^\/files\/[0-9a-f]{16}\/one%20pixel\.png$/);
    await expect(pixel).toHaveJSProperty("naturalWidth", 1);
    await expect(page.locator(".timeline-figure svg circle.timeline-mark")).toHaveCount(7);
    await expect(page.locator(".timeline-figure li strong")).toHaveText([
      "Began",
      "Detected",
      "Investigating",
      "Identified",
      "Over",
      "Resolved",
      "Update after the end",
    ]);
    await expect(page.locator(".timeline-figure li").nth(4)).toContainText("+1 hr, 14 mins");
  });

  test("footnotes of updates and report each lead to their own and back", async ({ page, visit }) => {
    await visit(incident("uploads-lost"));
    const notes = page.locator("a[data-footnote-ref], sup a");
    await expect(notes).toHaveCount(2);
    const targets = await notes.evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
    expect(new Set(targets).size).toBe(2);
    for (const target of targets) await expect(page.locator(`[id="${target.slice(1)}"]`)).toHaveCount(1);
  });
});

withAndWithoutScript(() => {
  test("the demonstration's report gives its durations to the second", async ({ page, visit }) => {
    await visit(demo("2017-08-23-updates-reached-the-wrong-screens"));
    await expect(fact(page, "Began")).toContainText("23 August 2017 at 11:05:14 CEST");
    await expect(fact(page, "Detected")).toContainText("1 minute, 9 seconds after it began");
    await expect(fact(page, "Resolved")).toContainText("5 seconds after detection");
    await expect(fact(page, "Lasted")).toHaveText("1 minute, 14 seconds");
    await expect(updates(page).nth(1)).toContainText("about 23 August 2017 at 11:10 CEST");
    await expect(page.getByText("after the resolution", { exact: true })).toHaveCount(2);
  });

  test("a preliminary report says so, and when the final one is promised", async ({ page, visit }) => {
    await visit(demo("2026-11-17-rejected-api-requests"));
    const report = page.getByRole("region", { name: "Preliminary report" });
    await expect(report).toContainText("What is written here may still change.");
    await expect(report).toContainText(/The final report (?:is|was) due on 1 December 2026/);
    await visit(incident("stale-cache"));
    await expect(page.getByText(/The final report was due on .* and is overdue\./)).toBeVisible();
    await visit(incident("lost-mail"));
    await expect(page.getByText(/^The preliminary report is due on \d+ \w+ \d{4}\.$/)).toBeVisible();
  });

  test("what is known only as dates is never made a time", async ({ page, visit }) => {
    await visit(incident("date-only"));
    await expect(page.locator(".facts")).not.toContainText(/\d\d:\d\d/);
    await expect(fact(page, "Began").locator("time")).toHaveAttribute("datetime", dayAgo(21));
    await expect(fact(page, "Lasted")).toHaveText("up to 3 days");
    await expect(updates(page).locator(".updates-when")).toHaveText(/^\d+ \w+ \d{4} 19 days ago$/);
  });

  test("an incident that came back says so", async ({ page, visit }) => {
    await visit(incident("came-back"));
    await expect(updates(page).getByRole("heading")).toHaveText([
      "Resolved",
      "Investigatingreopened",
      "Resolved",
      "Investigating",
    ]);
    await expect(fact(page, "Lasted")).toHaveText("1 hour, 10 minutes");
  });

  test("maintenance tells its window, and that it overruns", async ({ page, visit }) => {
    await visit(incident("disk-swap"));
    await expect(page.locator(".kicker")).toHaveText("MaintenanceIn progress");
    await expect(fact(page, "Planned")).toContainText(
      // Late in the evening it ends on the next date.
      / UTC – (?:\d{1,2} \w+ \d{4} at )?\d\d:\d\d UTC 4 hours/,
    );
    await expect(fact(page, "Overrunning")).toContainText("by 1 hour");
    await visit(incident("router-swap"));
    await expect(page.locator(".kicker")).toHaveText("MaintenanceScheduled");
    await expect(fact(page, "Begins")).toHaveText(/^in [23] days$/);
    await visit(incident("older-kernel"));
    await expect(fact(page, "Ended")).toContainText("after 45 minutes");
  });
});

withAndWithoutScript(() => {
  test("a title of two hundred letters without a space is shown whole", async ({ page, visit }) => {
    await visit(incident("long-title"));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(LONG_TITLE);
  });

  test("text from right to left keeps its direction, and the page keeps its own", async ({ page, visit }) => {
    await visit(incident("right-to-left"));
    await expect(page.locator("html")).toHaveAttribute("dir", "ltr");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(ARABIC_TITLE);
    await expect(page.locator("h1 bdi")).toHaveCSS("direction", "rtl");
    await expect(updates(page).locator(".prose")).toHaveCSS("direction", "rtl");
    await expect(page.getByRole("heading", { name: "ملخص" })).toHaveCSS("direction", "rtl");
  });

  test("letters with many marks and emoji are shown as written", async ({ page, visit }) => {
    await visit(incident("stacked-marks"));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${STACKED} 👩‍👩‍👧‍👦🇩🇰🔥`);
  });

  test("what looks like markup in a title is a title", async ({ page, visit }) => {
    await visit(incident("harmless-html"));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      '<b>Not bold</b> & "quoted" </title><script>alert(1)</script>',
    );
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect(page.getByRole("main")).toHaveCount(1);
    await expect(page.getByRole("main")).toContainText("A block in the middle.");
    await expect(page.getByRole("main").locator("kbd")).toHaveText("Ctrl");
    await expect(page.getByText("</li></ul><h1>Not a heading</h1>")).toBeVisible();
    await expect(page.getByRole("contentinfo")).toBeVisible();
    await expect(page.locator("#main")).toHaveCount(1);
    await expect(page.locator(".prose .skip, .prose .overall")).toHaveCount(0);
  });

  test("a thousand updates are all there", async ({ page, visit }) => {
    await visit(incident("thousand-updates"));
    await expect(updates(page)).toHaveCount(MOST_UPDATES);
    await expect(updates(page).first()).toContainText("Minute 1000 of a long night.");
    await expect(updates(page).last()).toContainText("Minute 1 of a long night.");
  });
});
