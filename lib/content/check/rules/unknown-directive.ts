import { quote } from "#lib/content/parse/quote.ts";
import type { Rule } from "../rule.ts";

export const unknownDirective: Rule = {
  id: "unknown-directive",
  severity: "error",
  summary: "The only directive is ::timeline.",
  why: "`::timeline` on a line of its own draws the incident's timeline. Other directives mean nothing here and would vanish from the page.",
  *check({ mentions }) {
    for (const { kind, value, place } of mentions) {
      if (kind !== "directive" || value === "::timeline") continue;
      yield {
        place,
        message: `There is no directive ${quote(value)}.`,
        remedy:
          "Write “::timeline” for the timeline's figure; to show colons at the start of a line, put a backslash before them.",
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

::timeline
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

::chart
`,
        "6:1 There is no directive “::chart”.",
      ],
    ],
  },
};
