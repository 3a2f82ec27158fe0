import { isUnderWay, maintenanceStatus } from "#lib/model/course.ts";
import type { Rule } from "../rule.ts";

export const earlyCompletion: Rule = {
  id: "early-completion",
  severity: "warning",
  summary: "No work is completed before it can have begun.",
  why: "Work that ends before its window, and of which nothing says that it began, did not take place: readers are told that it was cancelled. `cancelled` says so in the file as well.",
  *check({ entry, parsed, now }) {
    const { scheduled, updates } = entry;
    if (!scheduled || updates.some(({ status }) => isUnderWay(status))) return;
    const index = updates.findLastIndex(({ status }) => status === "completed");
    if (index === -1 || maintenanceStatus(entry, scheduled, now) !== "cancelled") return;
    if (updates.some(({ status }) => status === "cancelled")) return;
    yield {
      place: parsed.placeOf(["updates", index, "status"]),
      message: "The work is completed before its window begins: readers are told that it was cancelled.",
      remedy: "Write “status: cancelled”; or, if it was done early, say since when with “started”.",
      related: parsed.placeOf(["scheduled"]),
    };
  },
  examples: {
    good: [
      `
---
title: New database servers
scheduled: { start: 2026-03-10T22:00Z, end: 2026-03-10T23:00Z }
updates:
  - at: 2026-03-09T10:00Z
    status: cancelled
    body: The new servers have not arrived. The work will not take place.
---
`,
      `
---
title: New database servers
scheduled: { start: 2026-03-10T22:00Z, end: 2026-03-10T23:00Z }
started: 2026-03-10T21:00Z
updates:
  - at: 2026-03-10T21:40Z
    status: completed
    body: We began an hour early. The new servers are in use.
---
`,
    ],
    bad: [
      [
        `
---
title: New database servers
scheduled: { start: 2026-03-10T22:00Z, end: 2026-03-10T23:00Z }
updates:
  - at: 2026-03-09T10:00Z
    status: completed
    body: The new servers have not arrived. The work will not take place.
---
`,
        "6:13 The work is completed before its window begins: readers are told that it was cancelled.",
      ],
    ],
  },
};
