import * as chrono from "chrono-node";
import { timeForMachines } from "#lib/calendar/words.ts";
import { addDays, offsetAt } from "#lib/calendar/zone.ts";
import { latest, type When } from "#lib/model/time.ts";
import { type ReadTime, readWhen, type TimeFault } from "../parse/when.ts";

/** A time as the format writes it, or why the words are none. */
export type Spoken = { at: string } | { fault: TimeFault };

/** Which day is meant where several fit, as by “Friday” or “08:15”: the nearest, or the next one to come. */
export type Toward = "nearest" | "future";

/**
 * A time as a person says it, as the format writes it. What is in the format already (an instant, a date, a span, with
 * `~` or without) is kept to the letter; “now”, “10 minutes ago”, “yesterday 14:05” and the like are told in the site's
 * zone, to the minute. A day without a clock time stays a date: no hour is made up. What can mean two times is refused.
 * @param now milliseconds since the epoch
 */
export function spokenTime(text: string, zone: string, now: number, toward: Toward = "nearest"): Spoken {
  const said = text.trim();
  if ("value" in readWhen(said, zone)) return { at: said };
  const ms = durationFromNow(said);
  if (ms !== undefined) return { at: minuteInZone(now + ms, zone) };

  const result = parseWhole(said, { instant: new Date(now), timezone: offsetAt(now, zone) });
  // What is still relative to an instant here counts from another than now, as “2 hours after noon”.
  if (!result || result.start.tags().has(RELATIVE_TO_INSTANT)) return { fault: notATime(said) };
  const doubt = doubtAbout(said, result);
  if (doubt) return { fault: doubt };
  const { start } = result;
  const nearest = readOn(dateOf(start), start, zone);
  // “Last Friday” lies in the past whatever is asked for.
  const isForward = toward === "future" && !/\b(?:last|past)\b/i.test(said);
  const isPast = "value" in nearest && latest(nearest.value) <= now;
  const read = isForward && isPast ? readOn(nextDate(start), start, zone) : nearest;
  return "fault" in read ? read : { at: timeForMachines(read.value) };
}

const RELATIVE_TO_INSTANT = "result/relativeDateAndTime";

/** Two moments that share neither day, clock time nor month, far from where any zone changes its clocks. */
const COUNTED_FROM = [Date.parse("2001-01-15T12:00:00Z"), Date.parse("2004-05-16T09:17:00Z")];

/**
 * How far from now “10 minutes ago” or “in 2 hours” lies, in milliseconds; undefined for what is no length of time. A
 * length is the same from wherever it is counted, so it is counted from moments at which no clock is changed.
 */
function durationFromNow(said: string): number | undefined {
  if (said.toLowerCase() === "now") return 0;
  if (FROM_ELSEWHERE.test(said)) return undefined;
  const [one, other] = COUNTED_FROM.map((from) => {
    const result = parseWhole(said, { instant: new Date(from), timezone: 0 });
    const isLength = result?.start.tags().has(RELATIVE_TO_INSTANT) === true && !result.end;
    return isLength ? result.start.date().getTime() - from : undefined;
  });
  return one === other ? one : undefined;
}

/** How long “2 hours”, “90 min” or “1h30m” is, in milliseconds; undefined for what is no length of time, or not a positive one. */
export function lengthOf(said: string): number | undefined {
  const ms = durationFromNow(`in ${said}`);
  return ms !== undefined && ms > 0 ? ms : undefined;
}

/** Counted from a day, which has no clock time to count from. */
const FROM_ELSEWHERE = /\b(?:before|after|since|yesterday|today|tomorrow)\b|\bfrom\b(?!\s+now\b)/i;

/** What all of the text says, or undefined when some of it says nothing. */
function parseWhole(said: string, reference: chrono.ParsingReference) {
  const [result] = chrono.parse(said, reference);
  return result?.text.length === said.length ? result : undefined;
}

/** Why the words can mean more than one time, or none that could be written. */
function doubtAbout(said: string, { start, end }: chrono.ParsedResult): TimeFault | undefined {
  if (end) return { message: `“${said}” is two times.`, remedy: "Say when it begins and when it ends apart." };
  const [day, month] = [start.get("day") ?? 0, start.get("month") ?? 0];
  if (start.tags().has("parser/SlashDateFormatParser") && day <= 12 && day !== month) {
    const remedy = "Write year, month and day, as 2026-11-22.";
    return { message: `“${said}” can mean two dates, by which of its numbers is the month.`, remedy };
  }
  const hasClock = start.isCertain("hour");
  const hasZone = start.isCertain("timezoneOffset");
  if (hasZone && (!hasClock || !OFFSET.test(said))) {
    return { message: `The zone in “${said}” is not clear.`, remedy: "Say its offset, as 14:05 +01:00." };
  }
  const hasDay = start.isCertain("day") || start.isCertain("weekday");
  const hasOtherDate = start.isCertain("month") || start.isCertain("year");
  if (hasDay ? !hasClock && PART_OF_DAY.test(said) : hasOtherDate || !hasClock) return notATime(said);
  return undefined;
}

/** Names of other zones mean one offset in summer and another in winter, or different ones in different countries. */
const OFFSET = /(?<![a-z])(?:utc|gmt|z)\b|\d\s?[+-]\d{2}:?\d{2}\b/i;

/** Hours that nobody has named; noon and midnight are clock times. */
const PART_OF_DAY = /morning|afternoon|evening|night/i;

function notATime(said: string): TimeFault {
  const remedy = "Say it as 2026-11-22T10:05+01:00, 14:05, “10 minutes ago” or “yesterday 14:05”.";
  return { message: `“${said}” is not a time.`, remedy };
}

function dateOf(start: chrono.ParsedComponents): string {
  return `${digits(start, "year", 4)}-${digits(start, "month")}-${digits(start, "day")}`;
}

/** The date after this one that the words fit too: none when they name the year, as “yesterday” does. */
function nextDate(start: chrono.ParsedComponents): string {
  const date = dateOf(start);
  if (start.isCertain("year")) return date;
  if (start.isCertain("day")) return `${Number(date.slice(0, 4)) + 1}${date.slice(4)}`;
  return addDays(date, start.isCertain("weekday") ? 7 : 1);
}

/** The clock time that was said, if any, on a date: by the clock on the wall, unless an offset was said too. */
function readOn(date: string, start: chrono.ParsedComponents, zone: string): ReadTime<When> {
  if (!start.isCertain("hour")) return readWhen(date, zone);
  const local = `${date}T${digits(start, "hour")}:${digits(start, "minute")}`;
  if (!start.isCertain("timezoneOffset")) return readWhen(local, zone);
  const at = Date.parse(`${local}Z`) - (start.get("timezoneOffset") ?? 0) * 60_000;
  return { value: { kind: "instant", at, offset: offsetAt(at, zone), precision: "minute", approximate: false } };
}

function digits(start: chrono.ParsedComponents, part: chrono.Component, length = 2): string {
  return String(start.get(part) ?? 0).padStart(length, "0");
}

function minuteInZone(at: number, zone: string): string {
  const minute = Math.floor(at / 60_000) * 60_000;
  const offset = offsetAt(minute, zone);
  return timeForMachines({ kind: "instant", at: minute, offset, precision: "minute", approximate: false });
}
