import { INCIDENT_STATUSES, MAINTENANCE_STATUSES } from "#lib/model/incident.ts";
import type { Rule } from "../rule.ts";

export const statusKind: Rule = {
  id: "status-kind",
  severity: "error",
  summary: "An incident's updates have an incident's statuses, a maintenance's those of a maintenance.",
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
};
