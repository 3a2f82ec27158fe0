import { endOf } from "#lib/model/course.ts";
import { earliest } from "#lib/model/time.ts";
import type { Rule } from "../rule.ts";

export const dueBeforeEnd: Rule = {
  id: "due-before-end",
  severity: "warning",
  summary: "A report is due after the incident has ended.",
  why: "Nobody can promise a report on what is still going on. Mostly the year has slipped, or the incident took longer than was thought when the date was written.",
  *check({ entry, parsed, now }) {
    const due = entry.report?.due;
    const end = due && endOf(entry, now);
    if (!end || !due || due.endsAt > earliest(end)) return;
    yield {
      place: parsed.placeOf(["report", "due"]),
      message: "The report is due before the incident has ended.",
      remedy: "Write the date by which you can keep the promise.",
    };
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02
ended: 2026-03-04
report: { status: preliminary, due: 2027-03-12 }
---

## Summary

Requests failed for two days.
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02
ended: 2026-03-04
report: { status: preliminary, due: 2026-03-03 }
---

## Summary

Requests failed for two days.
`,
        "5:37 The report is due before the incident has ended.",
      ],
    ],
  },
};
