import * as chrono from "chrono-node";
import { timeForMachines } from "#lib/calendar/words.ts";
import { offsetAt } from "#lib/calendar/zone.ts";
import { readWhen, type TimeFault } from "#lib/parse/when.ts";

/**
 * A time as a person says it, as the format writes it. What is in the format already (an instant, a date, a span, with
 * `~` or without) is kept to the letter; “now”, “10 minutes ago”, “yesterday 14:05” and the like are told in the site's
 * zone, to the minute.
 * @param now milliseconds since the epoch
 */
export function spokenTime(text: string, zone: string, now: number): { at: string } | { fault: TimeFault } {
  const said = text.trim();
  const written = readWhen(said, zone);
  if ("value" in written) return { at: said };
  const reference = { instant: new Date(now), timezone: offsetAt(now, zone) };
  const [result] = chrono.parse(said, reference);
  if (said !== "now" && (!result || result.text.length < said.length)) {
    const remedy = "Say it as 2026-11-22T10:05+01:00, 14:05, “10 minutes ago” or “yesterday 14:05”.";
    return { fault: { message: `“${said}” is not a time.`, remedy } };
  }
  const at = said === "now" || !result ? now : result.date().getTime();
  return { at: minuteInZone(at, zone) };
}

function minuteInZone(at: number, zone: string): string {
  const minute = Math.floor(at / 60_000) * 60_000;
  const offset = offsetAt(minute, zone);
  return timeForMachines({ kind: "instant", at: minute, offset, precision: "minute", approximate: false });
}
