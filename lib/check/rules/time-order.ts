import { earliest, latest, type When } from "#lib/model/time.ts";
import type { Rule } from "../rule.ts";

export const timeOrder: Rule = {
  id: "time-order",
  severity: "error",
  summary: "What comes first has the earlier time: start, detection, end.",
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
};
