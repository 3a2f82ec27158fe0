import { quote } from "#lib/content/parse/quote.ts";
import { headingsIn, reportIn } from "../prose.ts";
import type { Rule } from "../rule.ts";

export const repeatedHeading: Rule = {
  id: "repeated-heading",
  severity: "warning",
  summary: "No two headings of a report have the same words.",
  why: "In the table of contents two headings with the same words cannot be told apart. Under different parts of a report the same words may come again.",
  *check({ prose }) {
    const report = reportIn(prose);
    if (!report) return;
    const above: string[] = [];
    const seen = new Map<string, number>();
    for (const { level, name, from } of headingsIn(report)) {
      above.length = level - 1;
      const path = [...above, name.toLowerCase()].join("\n");
      above[level - 1] = name.toLowerCase();
      const first = seen.get(path);
      if (first === undefined) seen.set(path, from);
      else {
        yield {
          place: report.placeAt(from),
          message: `There is a heading ${quote(name)} already.`,
          remedy: "Put both under one, or name them apart.",
          related: report.placeAt(first),
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
---

## First outage

### Cause

A cache was full.

## Second outage

### Cause

It was full once more.
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

## Cause

A cache was full.

## Cause

It was full once more.
`,
        "10:1 There is a heading “Cause” already.",
      ],
    ],
  },
};
