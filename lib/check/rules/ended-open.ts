import { earliest } from "#lib/model/time.ts";
import type { Rule } from "../rule.ts";

export const endedOpen: Rule = {
  id: "ended-open",
  severity: "warning",
  summary: "An incident that has ended has no later update that says it is open.",
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
};
