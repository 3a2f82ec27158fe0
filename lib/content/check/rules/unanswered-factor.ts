import type { Rule } from "../rule.ts";

export const unansweredFactor: Rule = {
  id: "unanswered-factor",
  severity: "warning",
  summary: "In a final report, every factor is answered by an action.",
  why: "What contributed to an incident contributes to the next one, unless something is done about it. Where nothing is to be done, readers are owed that in the report.",
  *check({ entry, parsed }) {
    if (entry.report?.status !== "final") return;
    for (const [index, { id }] of (entry.factors ?? []).entries()) {
      if (id !== undefined && entry.actions.some(({ answers }) => answers === id)) continue;
      yield {
        place: parsed.placeOf(["factors", index]),
        message: "No action answers this factor.",
        remedy: "Give it an “id”, and an action that “answers” it.",
      };
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
ended: 2026-03-02T11:00Z
factors: [{ id: untested, what: The limit had not been tested }]
actions: [{ title: Test every limit, answers: untested }]
report: { status: final }
---

## Summary

A limit was too low.
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
ended: 2026-03-02T11:00Z
factors: [{ what: The limit had not been tested }]
report: { status: final }
---

## Summary

A limit was too low.
`,
        "5:11 No action answers this factor.",
      ],
    ],
  },
};
