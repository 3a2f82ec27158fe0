import { quote } from "#lib/content/parse/quote.ts";
import type { Rule } from "../rule.ts";

export const lostCells: Rule = {
  id: "lost-cells",
  severity: "warning",
  summary: "No row of a table has more cells than its head.",
  why: "What stands behind the last column is not shown. Mostly a bar in code has begun a cell: in a table it does so between back-ticks, too.",
  *check({ mentions }) {
    for (const { kind, value, place } of mentions) {
      if (kind !== "cells") continue;
      yield {
        place,
        message: `The table has no column for ${quote(value)}.`,
        remedy: "Write a bar within a cell as \\|, or give the head one more column.",
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

| Time      | What              |
| --------- | ----------------- |
| 10:00 UTC | \`a\\|b\` was full |
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

| Time      | What            |
| --------- | --------------- |
| 10:00 UTC | \`a|b\` was full |
`,
        "8:17 The table has no column for “b` was full”.",
      ],
    ],
  },
};
