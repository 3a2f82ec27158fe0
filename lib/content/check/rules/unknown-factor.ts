import { quote } from "#lib/content/parse/quote.ts";
import { suggestion } from "#lib/content/parse/suggestion.ts";
import type { Rule } from "../rule.ts";

export const unknownFactor: Rule = {
  id: "unknown-factor",
  severity: "error",
  summary: "An action answers a factor that is there.",
  why: "Readers follow the link from what contributed to an incident to what is done about it. A name that no factor has leads nowhere.",
  *check({ entry, parsed }) {
    const known = (entry.factors ?? []).flatMap(({ id }) => id ?? []);
    for (const [index, { answers }] of entry.actions.entries()) {
      if (answers === undefined || known.includes(answers)) continue;
      yield {
        place: parsed.placeOf(["actions", index, "answers"]),
        message: `No factor has the id ${quote(answers)}.`,
        remedy: `${suggestion(answers, known)}${known.length === 0 ? "Give a factor an “id” first." : `There are ${known.join(", ")}.`}`,
      };
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
factors: [{ id: untested, what: The limit had not been tested }]
actions: [{ title: Test every limit, answers: untested }]
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
factors: [{ id: untested, what: The limit had not been tested }]
actions: [{ title: Test every limit, answers: untestd }]
---
`,
        "5:47 No factor has the id “untestd”.",
      ],
    ],
  },
};
