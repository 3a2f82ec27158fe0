import { expect, test } from "vitest";
import { currentEvents, dateOf, historyOf, matches, recentDays } from "#lib/site/views/history.ts";
import { onlyEvent, siteOf } from "./site.ts";

const incident = (started: string, more = "") =>
  `---\ntitle: T\nstarted: ${started}\nended: 2026-11-22T11:59Z\n${more}---\n`;
const slugs = (events: readonly { slug: string }[]) => events.map(({ slug }) => slug);

const SITE = siteOf({
  "old.md": incident("2026-09-30T23:30+02:00", "impact: major\ncomponents: [api]\ntags: [disk]\n"),
  "newer.md": incident("2026-11-20T10:00Z", "impact: minor\ncomponents: [web]\n"),
  "same-b.md": incident("2026-11-21T10:00Z"),
  "same-a.md": incident("2026-11-21T10:00Z"),
  "date.md": incident("2026-10-01"),
  "open-minor.md": "---\ntitle: T\nimpact: minor\nstarted: 2026-11-22T11:00Z\n---\n",
  "open-critical.md": "---\ntitle: T\nimpact: critical\nstarted: 2026-11-22T08:00Z\n---\n",
  "running.md": "---\ntitle: T\nscheduled: { start: 2026-11-22T11:00Z, end: 2026-11-22T13:00Z }\n---\n",
  "planned.md": "---\ntitle: T\nscheduled: { start: 2026-12-22T11:00Z, end: 2026-12-22T13:00Z }\n---\n",
});

test("the history is newest first, and what has not begun is none yet", () => {
  expect(slugs(historyOf(SITE).events)).toEqual([
    "open-minor",
    "running",
    "open-critical",
    "same-a",
    "same-b",
    "newer",
    "date",
    "old",
  ]);
  expect(historyOf(SITE).bySlug.get("planned")?.kind).toBe("maintenance");
  expect(historyOf(SITE)).toBe(historyOf(SITE));
});

test("months are those of the site's zone", () => {
  expect([...historyOf(SITE).months].map(([month, events]) => [month, events.length])).toEqual([
    ["2026-11", 6],
    ["2026-10", 1],
    ["2026-09", 1],
  ]);
  const night = siteOf({ "night.md": incident("2026-10-31T23:30Z") });
  expect(dateOf(onlyEvent(night), night)).toBe("2026-11-01");
  const written = siteOf({ "span.md": incident("2026-10-31/2026-11-02") });
  expect(dateOf(onlyEvent(written), written)).toBe("2026-10-31");
});

test("what is going on stands worst first", () => {
  expect(slugs(currentEvents(SITE))).toEqual(["open-critical", "open-minor", "running"]);
});

test("recent days are all there, with what began on each", () => {
  const days = recentDays(SITE, 4).map(({ on, events }) => [on, slugs(events)]);
  expect(days).toEqual([
    ["2026-11-22", ["open-minor", "running", "open-critical"]],
    ["2026-11-21", ["same-a", "same-b"]],
    ["2026-11-20", ["newer"]],
    ["2026-11-19", []],
  ]);
});

test.each([
  [{}, 8],
  [{ component: "api" }, 1],
  [{ impact: "minor" }, 2],
  [{ kind: "maintenance" }, 1],
  [{ tag: "disk" }, 1],
  [{ tag: "disk", impact: "minor" }, 0],
  [{ impact: "none", kind: "maintenance" }, 0],
  [{ component: "" }, 8],
])("the filter %o finds %i", (filter, count) => {
  expect(historyOf(SITE).events.filter((event) => matches(event, filter))).toHaveLength(count);
});
