import { quote } from "#lib/content/parse/quote.ts";
import { headingsIn, reportIn } from "../prose.ts";
import type { Rule } from "../rule.ts";

export const emptySection: Rule = {
  id: "empty-section",
  severity: "warning",
  summary: "Every heading of a report has text below it.",
  why: "A template's headings are questions. One without an answer tells readers that you did not get that far: answer it, or take it out.",
  *check({ prose }) {
    const report = reportIn(prose);
    if (!report) return;
    const headings = headingsIn(report);
    for (const [index, { level, name, from, to }] of headings.entries()) {
      const next = headings[index + 1];
      if (report.text.slice(to, next?.from).trim() !== "" || (next && next.level > level)) continue;
      yield {
        place: report.placeAt(from),
        message: `There is nothing below ${quote(name)}.`,
        remedy: "Write it, or remove the heading.",
      };
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

## What happened

### At first

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

## Root cause

## Next steps

We will watch the cache.
`,
        "10:1 There is nothing below “Root cause”.",
      ],
    ],
  },
};
