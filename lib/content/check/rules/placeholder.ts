import { quote } from "#lib/content/parse/quote.ts";
import { said } from "../prose.ts";
import type { Rule } from "../rule.ts";

/** One of these is in all of them. */
const HINT = /TODO|TBD|FIXME|XXX|\?\?\?|orem ipsum|\[[a-z]+[ \]]/;

const PLACEHOLDER =
  /\b(?:TODO|TBD|FIXME|XXX+)\b|\?\?\?+|\b[Ll]orem ipsum\b|\[(?:insert|your|enter|fill in|name of|describe)\b[^\]\n]{0,60}\](?!\()/g;

export const placeholder: Rule = {
  id: "placeholder",
  severity: "warning",
  summary: "No place is left to be filled in.",
  why: "`TODO`, `TBD` and `[insert time]` are notes to yourself, which readers take for a lack of care.",
  *check({ prose }) {
    for (const { match, place } of said(prose, PLACEHOLDER, HINT)) {
      yield {
        place,
        message: `${quote(match[0])} is still to be filled in.`,
        remedy: "Write it, or remove it.",
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

The list of things to do is long.
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

It began at [insert time], TODO: check.
`,
        "6:13 “[insert time]” is still to be filled in.",
        "6:28 “TODO” is still to be filled in.",
      ],
    ],
  },
};
