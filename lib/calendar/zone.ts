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
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** First millisecond of the date `on` in `zone`. */
export function startOfDay(on: string, zone: string): number {
  return Temporal.PlainDate.from(on).toZonedDateTime(zone).epochMilliseconds;
}

/** The date `days` after `on` (before it when negative). */
export function addDays(on: string, days: number): string {
  // A date alone has no zone, so UTC's even days do; this runs for every day of every component's past.
  return new Date(Date.parse(on) + days * 86_400_000).toISOString().slice(0, 10);
}

/** How many dates lie between two dates: 1 from one day to the next. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: "days" }).days;
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
