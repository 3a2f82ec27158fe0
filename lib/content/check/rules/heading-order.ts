import { headingsIn, reportIn } from "../prose.ts";
import type { Rule } from "../rule.ts";

export const headingOrder: Rule = {
  id: "heading-order",
  severity: "warning",
  summary: "Headings go down one level at a time.",
  why: "Whoever listens to a page goes from heading to heading and takes a skipped level for a section that was missed.",
  *check({ prose }) {
    const report = reportIn(prose);
    if (!report) return;
    let above = 0;
    for (const { level, from } of headingsIn(report)) {
      if (above > 0 && level > above + 1) {
        yield {
          place: report.placeAt(from),
          message: `A heading of level ${level} follows one of level ${above}.`,
          remedy: `Write it with ${"#".repeat(above + 1)}.`,
        };
      }
      above = level;
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

## Summary

Requests failed.

### For whom

For everybody.

## Root cause

A cache was full.
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

## Summary

Requests failed.

#### For whom

For everybody.
`,
        "10:1 A heading of level 4 follows one of level 2.",
      ],
    ],
  },
};
