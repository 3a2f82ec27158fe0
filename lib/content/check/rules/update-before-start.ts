import { earliest, latest } from "#lib/model/time.ts";
import type { Rule } from "../rule.ts";

export const updateBeforeStart: Rule = {
  id: "update-before-start",
  severity: "warning",
  summary: "An incident's updates are not older than its start.",
  why: "The timeline begins with the start, so an update before it looks like foresight. Move `started` to when it really began: it is often earlier than it was noticed.",
  *check({ entry, parsed }) {
    if (!entry.started || entry.scheduled) return;
    for (const [index, update] of entry.updates.entries()) {
      if (latest(update.at) >= earliest(entry.started)) continue;
      yield {
        place: parsed.placeOf(["updates", index, "at"]),
        message: "The update lies before the incident's start.",
        remedy: "Correct the update's time, or move “started” to when it really began.",
        related: parsed.placeOf(["started"]),
      };
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T09:00Z
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
started: 2026-03-02T10:30Z
updates:
  - at: 2026-03-02T10:00Z
    status: investigating
    body: Requests to the API fail. We are looking for the cause.
---
`,
        "5:9 The update lies before the incident's start.",
      ],
    ],
  },
};
