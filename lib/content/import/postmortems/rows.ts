import { addDays } from "#lib/calendar/zone.ts";
import { readLabelTime } from "../cstate/label-time.ts";
import type { Moment } from "../moment.ts";
import { CLOCK, momentOf } from "./dated.ts";

/** A row of a table, an item of a list or a heading that begins with a date; of the latter two, only with a time of day. */
const DATED = new RegExp(String.raw`^\s*(?:\||[-*+]\s|#{1,6}\s)\s*[*_\x60[]{0,3}(?<about>~?)\s*${CLOCK}`);
/** The same with the time of day alone; its date stands above. */
const TIMED =
  /^\s*(?:\||[-*+]\s)\s*[*_`[]{0,3}(?<about>~?)\s*(?<clock>\d{1,2}:\d{2}(?::\d{2})?)(?<zone>\s?(?:Z|[+-]\d{2}:\d{2}|[A-Z]{3,4}\b))?[*_`\]]{0,3}\s*(?:[|–—:-]|\s)/;
const HEADING = /^\s*(?:#{1,6}\s|\*\*)(.*)$/;
const TABLE = /^\s*\|/;
const HALF_DAY_MS = 43_200_000;

/**
 * The events of a report in the order in which they stand: those whose time is clear.
 * @param day the date that times without one are of, until a heading or a row names another
 */
export function readRows(lines: readonly string[], day: Moment | undefined, offset: string, zone: string): Moment[] {
  const rows: Moment[] = [];
  let on = day?.first.slice(0, 10);
  for (const line of lines) {
    const begun = momentOf(DATED.exec(line)?.groups ?? {}, offset, zone);
    const dated = begun && (TABLE.test(line) || begun.first.includes("T")) ? begun : undefined;
    const heading = HEADING.exec(line)?.[1];
    const above = heading === undefined ? undefined : readLabelTime(heading, day, zone)?.moment;
    on = (dated ?? above)?.first.replace("~", "").slice(0, 10) ?? on;
    if (dated) rows.push(dated);
    const timed = dated || on === undefined ? undefined : TIMED.exec(line)?.groups;
    if (!timed || on === undefined) continue;
    const read = (date: string) => momentOf({ ...timed, date }, offset, zone);
    const moment = read(on);
    const last = rows.at(-1);
    // The clock goes back at midnight alone.
    if (moment && last?.isInstant && moment.from < last.from - HALF_DAY_MS) on = addDays(on, 1);
    const placed = read(on);
    if (placed) rows.push(placed);
  }
  return rows;
}
