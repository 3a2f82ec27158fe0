import { earliest, type When } from "#lib/model/time.ts";
import type { Rule } from "../rule.ts";

/** Clocks differ a little, and an update is often dated a few minutes ahead while it is written. */
const TOLERANCE_MS = 10 * 60_000;

export const futureTime: Rule = {
  id: "future-time",
  severity: "error",
  summary: "What an incident reports has happened: nothing but a maintenance's window and due dates lie in the future.",
  why: "An update from the future would stand above all others for as long as it takes. A slipped year or a missing offset is the usual cause. Planned work has its window under `scheduled`; what is promised has its date under `due`. Ten minutes ahead are allowed.",
  *check({ entry, parsed, now }) {
    const times: [PropertyKey[], When | undefined][] = [
      [["started"], entry.started],
      [["detected"], entry.detected],
      [["ended"], entry.ended],
      ...entry.updates.map(({ at }, index): [PropertyKey[], When] => [["updates", index, "at"], at]),
      ...entry.actions.map(({ done }, index): [PropertyKey[], When | undefined] => [["actions", index, "done"], done]),
    ];
    for (const [path, when] of times) {
      if (!when || earliest(when) <= now + TOLERANCE_MS) continue;
      yield {
        place: parsed.placeOf(path),
        message: "The time lies in the future.",
        remedy:
          path[0] === "actions"
            ? "Correct it; until the action is done, write “due” instead."
            : "Correct the year or the offset; planned work goes under “scheduled”.",
      };
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
scheduled: { start: 2027-01-10T22:00Z, end: 2027-01-10T23:00Z }
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2062-03-02T10:00Z
---
`,
        "3:10 The time lies in the future.",
      ],
    ],
  },
};
