import { isBlank, type Mapping, mappingsOf, textOf, textsOf } from "../front/value.ts";
import type { IncidentAnswer } from "./answers.ts";

const READ = new Set(
  "id name status impact impact_override scheduled_for scheduled_until started_at resolved_at incident_updates components postmortem_body postmortem_published_at page_id".split(
    " ",
  ),
);
const READ_UPDATE = new Set("id status body incident_id display_at affected_components".split(" "));
/** When the record was made and changed, rather than when something happened. */
const KEPT_TIMES = ["created_at", "updated_at", "monitoring_at"];

/**
 * Remarks, in one line an incident, what Statuspage's record of it says beyond what is carried: ids, other addresses,
 * what was told to whom, and times that stand nowhere in the file.
 */
export function noteRecord(
  { value, note, isFeed }: IncidentAnswer,
  times: ReadonlySet<string>,
  carriedIds: ReadonlySet<string | undefined>,
): void {
  // A feed gives its updates by the minute, and the last one's second beside them.
  const carried = isFeed ? { has: (text: string) => times.has(`${text.slice(0, 16)}Z`) } : times;
  const own = restOf(value, READ, carried);
  const updates = mappingsOf(value["incident_updates"]);
  const ofUpdates = updates.flatMap((update) => restOf(update, READ_UPDATE, carried).map((rest) => `its ${rest}`));
  const ids = updates.map((update) => textOf(update["id"])).filter((id) => id !== "" && !carriedIds.has(id));
  const all = [...own, ...new Set(ofUpdates), ...(ids.length > 0 ? [`update ids ${ids.join(" ")}`] : [])];
  if (all.length > 0) note(all.join("; "), "Statuspage's own record, for which Candor has no place; left out");
}

function restOf(value: Mapping, read: ReadonlySet<string>, carried: Pick<ReadonlySet<string>, "has">): string[] {
  return Object.entries(value).flatMap(([key, item]) => {
    if (read.has(key) || isBlank(item) || textOf(item) === "false") return [];
    if (KEPT_TIMES.includes(key) && carried.has(textOf(item))) return [];
    return [`${key} ${textsOf(item).join(", ") || JSON.stringify(item)}`];
  });
}
