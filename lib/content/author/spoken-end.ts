import { timeForMachines } from "#lib/calendar/words.ts";
import { offsetAt } from "#lib/calendar/zone.ts";
import { earliest, type Instant } from "#lib/model/time.ts";
import { readWhen } from "../parse/when.ts";
import { lengthOf, type Spoken, spokenTime } from "./spoken-time.ts";

/** Counted from today, whatever it is the end of. */
const FROM_TODAY = /\b(?:yesterday|today|tonight|tomorrow|ago|in|now)\b/i;

/**
 * When something ends, as a person says it beside its start: a length (“+2h”, “for 90 minutes”) is counted from the
 * start, and a clock time or a weekday is the first one after it.
 * @param now milliseconds since the epoch
 */
export function spokenEnd(text: string, start: Instant, zone: string, now: number): Spoken {
  const said = text.trim();
  const length = /^(?:\+|for\s)?\s*(?=\d|an?\s|half\s)(.+)$/i.exec(said)?.[1];
  const ms = length === undefined ? undefined : lengthOf(length);
  if (ms !== undefined) {
    const at = start.at + ms;
    return { at: timeForMachines({ ...start, at, offset: offsetAt(at, zone), approximate: false }) };
  }
  const fromNow = spokenTime(said, zone, now, "future");
  if ("fault" in fromNow || FROM_TODAY.test(said) || isAfter(fromNow.at, start, zone)) return fromNow;
  const fromStart = spokenTime(said, zone, start.at, "future");
  return "at" in fromStart && isAfter(fromStart.at, start, zone) ? fromStart : fromNow;
}

function isAfter(at: string, start: Instant, zone: string): boolean {
  const read = readWhen(at, zone);
  return "value" in read && earliest(read.value) > start.at;
}
