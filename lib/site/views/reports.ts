import type { Incident, Site } from "#lib/model/site.ts";
import { type AnyEvent, EVENTS_PER_PAGE, historyOf } from "./history.ts";

/** What the page of reports lists: each of these in parts of `EVENTS_PER_PAGE`. */
export interface ReportLists {
  /** Reports that are promised, the most urgent first. */
  readonly promised: readonly (Incident & Required<Pick<Incident, "reportDue">>)[];
  /** What has a report, newest first. */
  readonly written: readonly AnyEvent[];
  /** What has follow-up that is not done yet, newest first. */
  readonly followed: readonly AnyEvent[];
  /** How many pages they fill. */
  readonly pages: number;
}

const made = new WeakMap<Site, ReportLists>();

export function reportLists(site: Site): ReportLists {
  const known = made.get(site) ?? listsOf(site);
  made.set(site, known);
  return known;
}

function listsOf(site: Site): ReportLists {
  const { events } = historyOf(site);
  const promised = site.incidents
    .filter(
      (incident): incident is Incident & Required<Pick<Incident, "reportDue">> => incident.reportDue !== undefined,
    )
    .sort((a, b) => a.reportDue.at - b.reportDue.at);
  const written = events.filter(({ report }) => report);
  const followed = events.filter(({ actions }) => actions.some(({ done }) => !done));
  const longest = Math.max(promised.length, written.length, followed.length);
  return { promised, written, followed, pages: Math.max(1, Math.ceil(longest / EVENTS_PER_PAGE)) };
}
