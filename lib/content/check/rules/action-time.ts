import { beginningOf } from "#lib/model/course.ts";
import { earliest } from "#lib/model/time.ts";
import type { Rule } from "../rule.ts";

export const actionTime: Rule = {
  id: "action-time",
  severity: "warning",
  summary: "An action is due and done after the incident began.",
  why: "An action that was done before anything happened is a slipped year, or belongs to another incident.",
  *check({ entry, parsed }) {
    const start = entry.actions.length > 0 ? beginningOf(entry) : undefined;
    if (!start) return;
    for (const [index, action] of entry.actions.entries()) {
      for (const key of ["due", "done"] as const) {
        const day = action[key];
        if (!day || day.endsAt > earliest(start)) continue;
        yield {
          place: parsed.placeOf(["actions", index, key]),
          message: `The action is “${key}” before the incident began.`,
          remedy: "Correct the date.",
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
actions: [{ title: Raise the limit, due: 2026-04-01, done: 2026-03-20 }]
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
actions: [{ title: Raise the limit, due: 2025-04-01 }]
---
`,
        "4:42 The action is “due” before the incident began.",
      ],
    ],
  },
};
