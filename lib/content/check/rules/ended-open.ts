import { earliest } from "#lib/model/time.ts";
import type { Rule } from "../rule.ts";

export const endedOpen: Rule = {
  id: "ended-open",
  severity: "warning",
  summary: "An incident that has ended has no later update that says it is open.",
  why: "`ended` closes an incident whatever the updates say, so an update that opens it later is shown to nobody as the state it claims.",
  *check({ entry, parsed }) {
    const { ended } = entry;
    if (!ended || entry.scheduled) return;
    for (const [index, { at, status }] of entry.updates.entries()) {
      if (status === "update" || status === "resolved" || earliest(at) <= earliest(ended)) continue;
      const isClosed = entry.updates.some((other) => other.status === "resolved" && earliest(other.at) >= earliest(at));
      if (isClosed) continue;
      yield {
        place: parsed.placeOf(["updates", index, "status"]),
        message: `The incident is “${status}” here, after it has ended; readers are told that it is over.`,
        remedy: "Remove “ended” if it has come back, or make this “status: update”.",
        related: parsed.placeOf(["ended"]),
      };
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
ended: 2026-03-02T11:00Z
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
started: 2026-03-02T10:00Z
ended: 2026-03-02T11:00Z
updates:
  - at: 2026-03-02T11:30Z
    status: investigating
    body: Requests fail once more. We are looking for the cause.
---
`,
        "7:13 The incident is “investigating” here, after it has ended; readers are told that it is over.",
      ],
    ],
  },
};
