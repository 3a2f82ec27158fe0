import { durationInWords } from "#lib/calendar/words.ts";
import { quote } from "#lib/content/parse/quote.ts";
import { beginningOf, endOf, inOrder } from "#lib/model/course.ts";
import type { Entry } from "#lib/model/incident.ts";
import { earliest, type When } from "#lib/model/time.ts";
import { type StatedDuration, statedDurations } from "../durations.ts";
import type { Rule } from "../rule.ts";

export const contradictingDuration: Rule = {
  id: "contradicting-duration",
  severity: "warning",
  summary: "A length of time in words is that of the timeline.",
  why: "“For 20 minutes” beside a timeline of two hours costs more trust than either figure. Only a sentence about the whole outage is read (“lasted”, “was unavailable for”), and any of start, detection, first update to end may fit it, give or take half.",
  *check({ entry, prose, now }) {
    for (const { words, placeAt } of prose) {
      for (const { written, offset, ms, bound } of statedDurations(words)) {
        const lengths = lengthsOf(entry, now);
        if (lengths.length === 0 || lengths.some((length) => isNear(length, ms, bound))) continue;
        yield {
          place: placeAt(offset),
          message: `${quote(written)} is not what the timeline says: ${inWords(Math.max(...lengths))}.`,
          remedy: "Correct the words, or “started” and “ended”.",
        };
      }
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
ended: 2026-03-02T12:10Z
---

The API was unavailable for about two hours. Some requests were slow for 20 minutes more.
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
ended: 2026-03-02T12:10Z
---

The API was unavailable for 20 minutes.
`,
        "7:25 “for 20 minutes” is not what the timeline says: 2 hours, 10 minutes.",
      ],
    ],
  },
};

/** From every moment that may count as the beginning to every one that may count as the end, as far as exact. */
function lengthsOf(entry: Entry, now: number): number[] {
  const end = endOf(entry, now);
  if (!end || entry.scheduled) return [];
  const updates = inOrder(entry.updates);
  const from = [beginningOf(entry), entry.detected, updates[0]?.at];
  const to = [
    end,
    updates.find(({ status }) => status === "resolved")?.at,
    updates.find(({ status }) => status === "monitoring")?.at,
  ];
  if ([...from, ...to].some((when) => when && when.kind !== "instant")) return [];
  const exact = (times: readonly (When | undefined)[]) => times.filter((when) => when !== undefined).map(earliest);
  return exact(from)
    .flatMap((a) => exact(to).map((b) => b - a))
    .filter((length) => length > 0);
}

function isNear(length: number, ms: number, bound: StatedDuration["bound"]): boolean {
  const isEnough = bound === "at-most" || ms <= length * 1.5 + 60_000;
  const isNotTooMuch = bound === "at-least" || length <= ms * 1.5 + 60_000;
  return isEnough && isNotTooMuch;
}

function inWords(ms: number): string {
  return durationInWords({ ms, approximate: false }, "en");
}
