import { earliest, latest, type When } from "#lib/model/time.ts";
import type { Rule } from "../rule.ts";

export const timeOrder: Rule = {
  id: "time-order",
  severity: "error",
  summary: "What comes first has the earlier time: start, detection, end.",
  why: "An incident that ends before it begins has no length. Mostly an offset is missing or wrong: `+02:00` in summer is `+01:00` in winter.",
  *check({ entry, parsed }) {
    const { started, detected, ended, scheduled } = entry;
    const pairs: [string, When | undefined, string, When | undefined, PropertyKey[]][] = [
      ["detected", detected, "started", started, ["detected"]],
      ["ended", ended, "started", started, ["ended"]],
      ["ended", ended, "detected", detected, ["ended"]],
      ["scheduled.end", scheduled?.end, "scheduled.start", scheduled?.start, ["scheduled", "end"]],
    ];
    for (const [later, laterAt, earlier, earlierAt, path] of pairs) {
      if (!laterAt || !earlierAt || latest(laterAt) >= earliest(earlierAt)) continue;
      yield {
        place: parsed.placeOf(path),
        message: `“${later}” lies before “${earlier}”.`,
        remedy: "Correct whichever of the two is wrong; mind the offsets from UTC.",
        related: parsed.placeOf(earlier.split(".")),
      };
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
detected: 2026-03-02T10:04Z
ended: 2026-03-02T11:00Z
---
`,
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
ended: 2026-03-02
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00+01:00
ended: 2026-03-02T10:30+02:00
---
`,
        "4:8 “ended” lies before “started”.",
      ],
    ],
  },
};
