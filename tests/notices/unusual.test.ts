import { expect, test } from "vitest";
import { unusual } from "#lib/publishing/notices/unusual.ts";

const at = (iso: string) => ({
  kind: "instant" as const,
  at: Date.parse(iso),
  offset: 0,
  precision: "minute" as const,
  approximate: false,
});
const EVENT = {
  id: "a",
  slug: "a",
  title: "A",
  kind: "incident" as const,
  status: "investigating",
  url: "https://status.example.com/incidents/a",
  started: at("2026-03-05T10:00Z"),
};
const OPENED = { event: EVENT, kind: "incident_opened" as const, madeAt: Date.parse("2026-03-05T10:01Z") };
const BEFORE = { isFirst: false, lastOfKind: 100, lastOn: {} };

test("nothing is said of what is as usual", () => {
  expect(unusual(OPENED, { email: 120 }, BEFORE)).toEqual([]);
  expect(unusual(OPENED, { email: 9 }, { ...BEFORE, lastOfKind: 1 })).toEqual([]);
  expect(unusual(OPENED, { email: 120 }, { ...BEFORE, lastOn: { email: { bad: 1, answers: 100 } } })).toEqual([]);
  const later = { ...OPENED, madeAt: Date.parse("2026-05-05T10:00Z") };
  expect(unusual({ ...later, kind: "incident_updated" }, { email: 9 }, BEFORE)).toEqual([]);
  const soon = { ...OPENED, madeAt: Date.parse("2026-03-08T10:00Z") };
  expect(unusual({ ...soon, kind: "report_final" }, { email: 9 }, BEFORE)).toEqual([]);
});

test.each([
  ["the first notice ever", OPENED, { email: 1 }, { isFirst: true, lastOn: {} }, "first notice"],
  ["a much larger audience", OPENED, { email: 1_000, webhook: 204 }, BEFORE, "It goes to 1,204; the last"],
  [
    "an incident that is open again",
    OPENED,
    {},
    { ...BEFORE, lastOfEvent: "incident_resolved" as const },
    "open again",
  ],
  [
    "a late report",
    { ...OPENED, kind: "report_final" as const, madeAt: Date.parse("2026-05-05T10:00Z") },
    {},
    BEFORE,
    "61 days ago",
  ],
  [
    "a channel that did badly",
    OPENED,
    { email: 1 },
    { ...BEFORE, lastOn: { email: { bad: 50, answers: 200 } } },
    "Of the last 200 messages by email, 50 did not arrive.",
  ],
])("%s is pointed out", (_, notice, recipients, before, words) => {
  expect(unusual(notice, recipients, before)).toEqual([expect.stringContaining(words)]);
});
