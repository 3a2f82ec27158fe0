import type { Rule } from "../rule.ts";

export const emptyReport: Rule = {
  id: "empty-report",
  severity: "error",
  summary: "A report that is declared is also written.",
  why: "`report` tells readers that there is something to read. Write it below the front matter (`candor report` begins it from a template), or take the key out until there is something.",
  *check({ entry, parsed }) {
    if (!entry.report || entry.body !== "") return;
    yield {
      place: parsed.placeOf(["report"]),
      message: `A ${entry.report.status} report is declared, but there is no text below the front matter.`,
      remedy: "Write the report below the closing “---”, or remove “report” until there is one.",
    };
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
report: { status: preliminary }
---

## Summary

Requests failed for an hour.
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
report: { status: final }
---
`,
        "4:9 A final report is declared, but there is no text below the front matter.",
      ],
    ],
  },
};
