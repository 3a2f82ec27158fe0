import { earliest, latest } from "#lib/model/time.ts";
import type { Rule } from "../rule.ts";

export const updateBeforeStart: Rule = {
  id: "update-before-start",
  severity: "warning",
  summary: "An incident's updates are not older than its start.",
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
};
