import type { Rule } from "../rule.ts";

export const overdueAction: Rule = {
  id: "overdue-action",
  severity: "warning",
  summary: "An action whose date has passed is done.",
  why: "Actions are public. A date that has passed without a word is read as a promise broken.",
  *check({ entry, parsed, now }) {
    for (const [index, { due, done }] of entry.actions.entries()) {
      if (!due || done || due.endsAt > now) continue;
      yield {
        place: parsed.placeOf(["actions", index, "due"]),
        message: `The action was due on ${due.on}.`,
        remedy: "Add “done: …” if it is, or a new date and an update that says why.",
      };
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
actions: [{ title: Raise the limit, due: 2026-04-01, done: 2026-04-20 }]
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
actions: [{ title: Raise the limit, due: 2026-04-01 }]
---
`,
        "4:42 The action was due on 2026-04-01.",
      ],
    ],
  },
};
