import { expect, test } from "vitest";
import { HOUR, incidentOf, updates } from "./site-of.ts";

const ENDED = updates("2026-03-05T10:00Z investigating", "2026-03-05T11:00Z resolved");
const ENDED_AT = Date.parse("2026-03-05T11:00Z");
const DAY = 24 * HOUR;

function due(front: string, now = "2026-03-06T00:00Z") {
  return incidentOf(front, now).reportDue;
}

test.each(["major", "critical"])("after an incident of %s impact a preliminary report is promised", (impact) => {
  expect(due(`impact: ${impact}\n${ENDED}`)).toEqual({
    status: "preliminary",
    at: ENDED_AT + 3 * DAY,
    isOverdue: false,
  });
});

test.each(["none", "minor"])("after an incident of %s impact none is", (impact) => {
  expect(due(`impact: ${impact}\n${ENDED}`)).toBeUndefined();
});

test("nothing is promised while the incident lasts, nor by a site that promises nothing", () => {
  expect(due(`impact: critical\n${updates("2026-03-05T10:00Z investigating")}`)).toBeUndefined();
  expect(incidentOf(`impact: critical\n${ENDED}`, "2026-03-06T00:00Z", { reports: {} }).reportDue).toBeUndefined();
});

test("a promise is overdue from its last moment on", () => {
  const at = new Date(ENDED_AT + 3 * DAY);
  expect(due(`impact: major\n${ENDED}`, new Date(at.getTime() - 1).toISOString())?.isOverdue).toBe(false);
  expect(due(`impact: major\n${ENDED}`, at.toISOString())?.isOverdue).toBe(true);
});

test("a preliminary report leads to the promise of a final one", () => {
  expect(due(`impact: major\nreport: { status: preliminary }\n${ENDED}\n===\nText.`)).toEqual({
    status: "final",
    at: ENDED_AT + 14 * DAY,
    isOverdue: false,
  });
});

test("the author's date comes before the site's promise, for any impact, until that date is over", () => {
  const front = `impact: minor\nreport: { status: preliminary, due: 2026-03-20 }\n${ENDED}\n===\nText.`;
  expect(due(front)).toMatchObject({ status: "final", at: Date.parse("2026-03-21T00:00Z"), day: { on: "2026-03-20" } });
  expect(due(front, "2026-03-20T23:59:59Z")?.isOverdue).toBe(false);
  expect(due(front, "2026-03-21T00:00Z")?.isOverdue).toBe(true);
});

test("a final report keeps every promise", () => {
  expect(due(`impact: critical\nreport: { status: final, due: 2026-03-01 }\n${ENDED}\n===\nText.`)).toBeUndefined();
});

test("what stands below the front matter is a report, and final unless it says otherwise", () => {
  expect(incidentOf(`${ENDED}\n===\n## Cause\n\nA disk.\n`, "2026-03-06T00:00Z").report).toEqual({
    status: "final",
    body: "## Cause\n\nA disk.\n",
  });
  expect(incidentOf(ENDED, "2026-03-06T00:00Z")).not.toHaveProperty("report");
  const front = `report: { status: preliminary, published: 2026-03-06 }\n${ENDED}\n===\nText.`;
  expect(incidentOf(front, "2026-03-06T00:00Z").report).toMatchObject({
    status: "preliminary",
    published: { on: "2026-03-06" },
    body: "Text.",
  });
});

test.each([
  "## What happened?\n\n## Next steps\n",
  "\n##\n\n   ### Timeline\r\n\r\n::timeline\n",
  "## Causes\n\n<!-- Why, five times. -->\n",
])("the empty sections of a template are no report: %j", (body) => {
  const front = `impact: major\nreport: { status: preliminary }\n${ENDED}\n===\n`;
  const { report, reportDue } = incidentOf(`${front}${body}`, "2026-03-06T00:00Z");
  expect([report, reportDue?.status]).toEqual([undefined, "preliminary"]);
  const written = incidentOf(`${front}${body}\n- A disk was full.\n`, "2026-03-06T00:00Z");
  expect([written.report?.status, written.reportDue?.status]).toEqual(["preliminary", "final"]);
});
