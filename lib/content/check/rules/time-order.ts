import type { Entry } from "#lib/model/incident.ts";
import { earliest, latest, type When } from "#lib/model/time.ts";
import type { Rule } from "../rule.ts";

/** The later time, and the earlier one, each with its name; and where the later one stands. */
type Pair = [string, When | undefined, string, When | undefined, PropertyKey[]];

/** The last update that says how it stands. */
function lastTelling({ updates }: Entry): number {
  return updates.findLastIndex(({ status }) => status !== "update");
}

export const timeOrder: Rule = {
  id: "time-order",
  severity: "error",
  summary: "What comes first has the earlier time: start, detection, end, whether written or told by an update.",
  why: "An incident that ends before it begins has no length. Mostly an offset is missing or wrong: `+02:00` in summer is `+01:00` in winter.",
  *check({ entry, parsed }) {
    const { started, detected, ended, scheduled, expectedEnd } = entry;
    const begun = started ?? scheduled?.start;
    const last = entry.updates.findLastIndex(({ status }) => status === "resolved");
    const isEnd = ended === undefined && last !== -1 && last === lastTelling(entry);
    const pairs: Pair[] = [
      ["detected", detected, "started", started, ["detected"]],
      ["ended", ended, "started", started, ["ended"]],
      ["ended", ended, "detected", detected, ["ended"]],
      ["scheduled.end", scheduled?.end, "scheduled.start", scheduled?.start, ["scheduled", "end"]],
      ["expected_end", expectedEnd, started ? "started" : "scheduled.start", begun, ["expected_end"]],
      ...entry.updates.map(
        ({ at, nextUpdate }, index): Pair => [
          "next_update",
          nextUpdate,
          `updates.${index}.at`,
          at,
          ["updates", index, "next_update"],
        ],
      ),
      [
        "the update that resolves it",
        isEnd ? entry.updates[last]?.at : undefined,
        "started",
        started,
        ["updates", last, "at"],
      ],
    ];
    for (const [later, laterAt, earlier, earlierAt, path] of pairs) {
      if (!laterAt || !earlierAt || latest(laterAt) >= earliest(earlierAt)) continue;
      yield {
        place: parsed.placeOf(path),
        message: `${later.includes(" ") ? `${later.charAt(0).toUpperCase()}${later.slice(1)}` : `“${later}”`} lies before ${earlier.startsWith("updates") ? "its update" : `“${earlier}”`}.`,
        remedy: "Correct whichever of the two is wrong; mind the offsets from UTC.",
        related: parsed.placeOf(earlier.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part))),
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
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:20Z
updates:
  - at: 2026-03-02T10:00Z
    status: resolved
    body: Everything answers again since 10:00 UTC.
---
`,
        "5:9 The update that resolves it lies before “started”.",
      ],
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:20Z
updates:
  - at: 2026-03-02T10:25Z
    status: investigating
    body: Requests to the API fail. We are looking for the cause.
    next_update: 2026-03-02T10:00Z
expected_end: 2026-03-02T10:00Z
---
`,
        "8:18 “next_update” lies before its update.",
        "9:15 “expected_end” lies before “started”.",
      ],
    ],
  },
};
