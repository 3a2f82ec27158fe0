import { quote } from "#lib/content/parse/quote.ts";
import { isForCustomers, said } from "../prose.ts";
import type { Rule } from "../rule.ts";

const VAGUE =
  /\b(?:(?:(?<!\bby )some|a few|certain|a (?:small|limited) (?:number|subset) of|various) (?:users|customers|clients|people)|should (?:now )?be (?:fixed|resolved|solved|working|back(?: to normal)?|okay|ok)|hopefully|(?<!as |expires? )soon(?![-\w])|in the near future|a\.?s\.?a\.?p\b)/gi;

export const vagueWords: Rule = {
  id: "vague-words",
  severity: "warning",
  summary: "Customers are told who and when, as far as it is known.",
  why: "“Some users”, “soon” and “should be fixed” are written to promise nothing, and that is how they are read. Say which users, by when, what is known and what is not.",
  *check({ prose }) {
    for (const { match, place } of said(prose.filter(isForCustomers), VAGUE)) {
      yield {
        place,
        message: `${quote(match[0])} says less than you know.`,
        remedy: "Say who, how many or by when; or that you do not know yet, and when you will.",
      };
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
updates:
  - at: 2026-03-02T10:00Z
    status: investigating
    body: About a third of requests from Europe fail. We will write again by 10:30 UTC.
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
updates:
  - at: 2026-03-02T10:00Z
    status: monitoring
    body: Some users see errors. It should be fixed soon.
---
`,
        "6:11 “Some users” says less than you know.",
        "6:37 “should be fixed” says less than you know.",
        "6:53 “soon” says less than you know.",
      ],
    ],
  },
};
