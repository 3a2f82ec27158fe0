import type { Rule } from "../rule.ts";

export const movedDate: Rule = {
  id: "moved-date",
  severity: "warning",
  summary: "The dates for which an action was promised follow one another.",
  why: "Readers see every date for which an action was promised. One that was given up before the present one was made cannot be later than it.",
  *check({ entry, parsed }) {
    for (const [index, { due, wasDue = [] }] of entry.actions.entries()) {
      if (wasDue.length > 0 && !due) {
        yield {
          place: parsed.placeOf(["actions", index, "was_due"]),
          message: "The action has former dates and no present one.",
          remedy: "Add “due: …”, the date for which it is promised now.",
        };
      }
      const days = due ? [...wasDue, due] : wasDue;
      for (const [before, day] of wasDue.entries()) {
        const next = days[before + 1];
        if (!next || next.on > day.on) continue;
        yield {
          place: parsed.placeOf(["actions", index, "was_due", before]),
          message: `The action was promised for ${day.on} before ${next.on}, which is no later.`,
          remedy: "Write the dates oldest first, and the present one under “due”.",
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
actions: [{ title: Raise the limit, due: 2026-05-01, was_due: [2026-04-01, 2026-04-15], done: 2026-04-28 }]
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
actions: [{ title: Raise the limit, due: 2026-04-01, was_due: [2026-05-01], done: 2026-03-28 }]
---
`,
        "4:64 The action was promised for 2026-05-01 before 2026-04-01, which is no later.",
      ],
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
actions: [{ title: Raise the limit, was_due: [2026-04-01] }]
---
`,
        "4:46 The action has former dates and no present one.",
      ],
    ],
  },
};
