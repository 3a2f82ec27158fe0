import { quote } from "#lib/content/parse/quote.ts";
import { said } from "../prose.ts";
import type { Rule } from "../rule.ts";

/** At least three words of capitals in a row, of which one is too long for an acronym; or several marks. */
const SHOUT = /(?<![\w-])(?=(?:[A-Z]{1,5}[ ,]+){0,10}[A-Z]{6})[A-Z]{2,}(?:[ ,]+[A-Z]{2,}){2,}(?![\w-])|!{2,}(?!\[)/g;

export const shouting: Rule = {
  id: "shouting",
  severity: "warning",
  summary: "Nothing is shouted.",
  why: "Capitals and exclamation marks read as panic, and screen readers spell capitals out.",
  *check({ prose }) {
    for (const { match, place } of said(prose, SHOUT, /!!|[A-Z]{6}/)) {
      yield {
        place,
        message: `${quote(match[0])} is shouted.`,
        remedy: "Write it in small letters, with a full stop.",
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

The API answers HTTP 503 over TLS and TCP. Do not panic!
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

DO NOT RESTART YOUR DEVICE. It is fixed!!
`,
        "6:1 “DO NOT RESTART YOUR DEVICE” is shouted.",
        "6:40 “!!” is shouted.",
      ],
    ],
  },
};
