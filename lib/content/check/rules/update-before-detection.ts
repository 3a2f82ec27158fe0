import { earliest, latest } from "#lib/model/time.ts";
import type { Rule } from "../rule.ts";

export const updateBeforeDetection: Rule = {
  id: "update-before-detection",
  severity: "warning",
  summary: "The first update comes after the detection.",
  why: "Nobody writes of what nobody has noticed: either the detection was earlier, or the update's time is wrong.",
  *check({ entry, parsed }) {
    if (!entry.detected || entry.scheduled) return;
    for (const [index, { at }] of entry.updates.entries()) {
      if (latest(at) >= earliest(entry.detected)) continue;
      yield {
        place: parsed.placeOf(["updates", index, "at"]),
        message: "The update is older than the detection.",
        remedy: "Correct “detected” or the update's time.",
        related: parsed.placeOf(["detected"]),
      };
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
detected: 2026-03-02T09:58Z
updates:
  - at: 2026-03-02T10:00Z
    status: investigating
    body: Requests to the API fail. We are looking for the cause.
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
detected: 2026-03-02T10:05Z
updates:
  - at: 2026-03-02T10:00Z
    status: investigating
    body: Requests to the API fail. We are looking for the cause.
---
`,
        "5:9 The update is older than the detection.",
      ],
    ],
  },
};
