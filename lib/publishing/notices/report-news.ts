import { latest } from "#lib/model/time.ts";
import { type EventObservation, isRecent, type News } from "./observation.ts";

/** A report on something that ended longer ago than this, in milliseconds, joins the archive without a word. */
const ARCHIVED_AFTER_MS = 180 * 86_400_000;

/** What an event's report has to tell. */
export function reportNews(observation: EventObservation): News | undefined {
  const { event, known, now } = observation;
  const status = event.report?.status;
  if (!status || known?.report === status || known?.report === "final") return undefined;
  if (event.report?.published && !isRecent(latest(event.report.published), observation)) return undefined;
  const ended = event.ended ? latest(event.ended) : now;
  const isArchived = known ? now - ended > ARCHIVED_AFTER_MS : !isRecent(ended, observation);
  return isArchived ? undefined : { kind: `report_${status}`, key: `report-${status}` };
}
