import { describe, expect, test } from "vitest";
import { messagesIn } from "#lib/messages/messages.ts";
import { continuedIn } from "#lib/site/views/history.ts";
import { effectOfEvent, headline, impactInWords } from "#lib/site/views/words.ts";
import { siteOf } from "./site-of.ts";

const NOW = "2026-03-10T12:00:00Z";
const update = (at: string, status: string) => `updates: [{ at: ${at}, status: ${status}, body: Text. }]`;

describe("an open incident of which nobody said the impact", () => {
  const site = siteOf({ it: update("2026-03-10T11:00Z", "investigating") }, NOW);

  test("is never told as all well", () => {
    expect(site.state).toBe("degraded_performance");
    expect(headline(site)).not.toContain("operational");
    expect(site.incidents.map(effectOfEvent)).toEqual(["degraded_performance"]);
  });

  test("claims no impact that nobody wrote", () => {
    expect(site.incidents.map((event) => impactInWords(event, messagesIn("en")))).toEqual(["Impact not stated"]);
  });

  test("is an impact of none where somebody wrote that", () => {
    const stated = siteOf({ it: `impact: none\n${update("2026-03-10T11:00Z", "investigating")}` }, NOW);
    expect([stated.state, ...stated.incidents.map((event) => impactInWords(event, messagesIn("en")))]).toEqual([
      "operational",
      "No impact",
    ]);
  });
});

test("an update that lies ahead resolves nothing before its time, and does at it", () => {
  const text =
    "impact: major\nupdates:\n" +
    "  - { at: 2026-03-10T11:00Z, status: investigating, body: Text. }\n" +
    "  - { at: 2026-03-10T12:08Z, status: resolved, body: Text. }";
  const [before, at] = [siteOf({ it: text }, NOW), siteOf({ it: text }, "2026-03-10T12:08:00Z")];
  expect(before.incidents).toMatchObject([{ isOver: false, status: "investigating", updates: [{}] }]);
  expect(before.validUntil).toBeLessThanOrEqual(Date.parse("2026-03-10T12:08:00Z"));
  expect(at.incidents).toMatchObject([{ isOver: true, status: "resolved", updates: [{}, {}] }]);
});

test("what began in a month before and went on is continued in each month until its end", () => {
  const text = "impact: major\nstarted: 2025-12-30\nended: 2026-02-02";
  const site = siteOf({ long: text, other: "impact: major\nstarted: 2026-02-03\nended: 2026-02-03" }, NOW);
  const months = ["2025-12", "2026-01", "2026-02", "2026-03"];
  expect(months.map((month) => continuedIn(site, month).map(({ slug }) => slug))).toEqual([[], ["long"], ["long"], []]);
});
