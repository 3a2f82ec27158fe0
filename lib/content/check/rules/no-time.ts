import type { Rule } from "../rule.ts";

export const noTime: Rule = {
  id: "no-time",
  severity: "error",
  summary: "An incident has at least one update or a start: without either it has no place in history.",
  why: "Everything is shown in the order of time. An incident needs at least one update or `started`; a date is enough.",
  *check({ entry, parsed }) {
    if (entry.updates.length > 0 || entry.started || entry.scheduled) return;
    yield {
      place: parsed.placeOf([]),
      message: "The incident has neither updates nor a start.",
      remedy: "Add “updates:” with at least one update, or “started: …”.",
    };
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
impact: minor
---
`,
        "2:1 The incident has neither updates nor a start.",
      ],
    ],
  },
};
