import { beginningOf } from "#lib/model/course.ts";
import { earliest, latest } from "#lib/model/time.ts";
import type { Rule } from "../rule.ts";

export const harmTime: Rule = {
  id: "harm-time",
  severity: "warning",
  summary: "Customers were hurt while the incident lasted.",
  why: "The incident is what customers had of it. If some had it before its beginning or after its end, the incident began earlier or ended later, or one of the times is wrong.",
  *check({ entry, parsed }) {
    const start = entry.harm ? beginningOf(entry) : undefined;
    for (const [index, { from, to }] of (entry.harm ?? []).entries()) {
      if (from && to && earliest(from) > latest(to)) {
        yield {
          place: parsed.placeOf(["harm", index, "to"]),
          message: "It ended for them before it began.",
          remedy: "Correct one of the times.",
        };
      }
      if (from && start && latest(from) < earliest(start)) {
        yield {
          place: parsed.placeOf(["harm", index, "from"]),
          message: "It began for them before the incident did.",
          remedy: "Move “started” to when it really began, or correct the time.",
        };
      }
      if (to && entry.ended && earliest(to) > latest(entry.ended)) {
        yield {
          place: parsed.placeOf(["harm", index, "to"]),
          message: "It ended for them after the incident did.",
          remedy: "Move “ended” to when it was really over, or correct the time.",
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
ended: 2026-03-02T12:00Z
harm: [{ who: Customers who use the API, from: 2026-03-02T10:05Z, to: 2026-03-02T11:00Z }]
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
ended: 2026-03-02T12:00Z
harm: [{ who: Customers who use the API, from: 2026-03-02T09:00Z, to: 2026-03-02T13:00Z }]
---
`,
        "5:48 It began for them before the incident did.",
        "5:71 It ended for them after the incident did.",
      ],
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
harm: [{ who: Customers who use the API, from: 2026-03-02T11:00Z, to: 2026-03-02T10:30Z }]
---
`,
        "4:71 It ended for them before it began.",
      ],
    ],
  },
};
