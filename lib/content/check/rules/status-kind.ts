import { INCIDENT_STATUSES, MAINTENANCE_STATUSES } from "#lib/model/incident.ts";
import type { Rule } from "../rule.ts";

export const statusKind: Rule = {
  id: "status-kind",
  severity: "error",
  summary: "An incident's updates have an incident's statuses, a maintenance's those of a maintenance.",
  why: "An incident is investigated, identified, monitored and resolved; a maintenance is scheduled, in progress, verified and completed, or cancelled. `scheduled` in the front matter makes a file a maintenance. `update` fits both.",
  *check({ entry, parsed }) {
    const [kind, allowed] = entry.scheduled
      ? (["a maintenance", [...MAINTENANCE_STATUSES, "update"]] as const)
      : (["an incident", [...INCIDENT_STATUSES, "update"]] as const);
    for (const [index, { status }] of entry.updates.entries()) {
      if ((allowed as readonly string[]).includes(status)) continue;
      yield {
        place: parsed.placeOf(["updates", index, "status"]),
        message: `“${status}” is not a status of ${kind}.`,
        remedy: entry.scheduled
          ? `Use ${allowed.join(", ")}; or remove “scheduled” if this was not planned.`
          : `Use ${allowed.join(", ")}; or add “scheduled: { start: …, end: … }” if this was planned.`,
      };
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
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
updates:
  - at: 2026-03-02T10:00Z
    status: in_progress
    body: Requests to the API fail.
---
`,
        "5:13 “in_progress” is not a status of an incident.",
      ],
    ],
  },
};
