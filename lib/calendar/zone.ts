import { Temporal } from "temporal-polyfill";

/** Whether `zone` is a time zone this runtime knows by its IANA name. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/** Minutes east of UTC in `zone` at `at` (milliseconds since the epoch). */
export function offsetAt(at: number, zone: string): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return Math.round(zoned.offsetNanoseconds / 60e9);
}

/** The calendar date (`YYYY-MM-DD`) in `zone` at `at`. */
export function dateAt(at: number, zone: string): string {
  return dateName(dayAt(at, zone));
}

/** First millisecond of the date `on` in `zone`. */
export function startOfDay(on: string, zone: string): number {
  return startOf(dayNumber(on), zone);
}

/** The date `days` after `on` (before it when negative). */
export function addDays(on: string, days: number): string {
  return dateName(dayNumber(on) + days);
}

const DAY_MS = 86_400_000;

/** A date as a number of days since 1970-01-01, for counting through many of them. */
export function dayNumber(on: string): number {
  return Date.parse(on) / DAY_MS;
}

const names = new Map<number, string>();

/** The date that a day number stands for. */
export function dateName(day: number): string {
  const known = names.get(day) ?? new Date(day * DAY_MS).toISOString().slice(0, 10);
  names.set(day, known);
  return known;
}

const starts = new Map<string, Map<number, number>>();

/** First millisecond of a day in `zone`: looked up once, as a zone's offsets cost much and never change. */
export function startOf(day: number, zone: string): number {
  const known = starts.get(zone) ?? new Map<number, number>();
  starts.set(zone, known);
  const start = known.get(day);
  if (start !== undefined) return start;
  const found = Temporal.PlainDate.from(dateName(day)).toZonedDateTime(zone).epochMilliseconds;
  known.set(day, found);
  return found;
}

/** The day number in `zone` at `at` (milliseconds since the epoch). */
export function dayAt(at: number, zone: string): number {
  let day = Math.floor(at / DAY_MS);
  while (at < startOf(day, zone)) day -= 1;
  while (at >= startOf(day + 1, zone)) day += 1;
  return day;
}

/** How many dates lie between two dates: 1 from one day to the next. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/**
 * The moment a clock on the wall in `zone` shows `local` (`YYYY-MM-DDTHH:MM:SS`). `skipped` when the clock was put
 * forward over it, `twice` when the clock was put back and showed it two times: both need an offset to be clear.
 * @throws RangeError when `local` is no date and time of the calendar.
 */
export function localToInstant(local: string, zone: string): number | "skipped" | "twice" {
  const plain = Temporal.PlainDateTime.from(local, { overflow: "reject" });
  const early = plain.toZonedDateTime(zone, { disambiguation: "earlier" });
  const late = plain.toZonedDateTime(zone, { disambiguation: "later" });
  if (early.epochMilliseconds === late.epochMilliseconds) return early.epochMilliseconds;
  return early.toPlainDateTime().equals(plain) ? "twice" : "skipped";
}
