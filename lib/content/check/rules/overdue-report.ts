import { dateAt } from "#lib/calendar/zone.ts";
import { reportPromise } from "#lib/model/course.ts";
import type { Rule } from "../rule.ts";

export const overdueReport: Rule = {
  id: "overdue-report",
  severity: "warning",
  summary: "A report that was promised is there.",
  why: "A report is promised by its own `due`, or for major and critical incidents by `reports` in site.yaml. The page says that it is overdue; so does this.",
  *check({ entry, parsed, config, now }) {
    const promise = entry.scheduled ? undefined : reportPromise(entry, config, now);
    if (!promise?.isOverdue) return;
    yield {
      place: parsed.placeOf(entry.report ? ["report"] : []),
      message: `The ${promise.status} report has been due since ${promise.day?.on ?? dateAt(promise.at, config.timezone)}.`,
      remedy: "Publish it, or write under “report” a “due” that you can keep.",
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
report: { status: preliminary, due: 2026-03-12 }
---

## Summary

Requests failed for two days.
`,
        "5:9 The final report has been due since 2026-03-12.",
      ],
    ],
  },
};
