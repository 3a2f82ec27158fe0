import { Temporal } from "temporal-polyfill";

/**
 * What depends on whether a clock on the wall ever shows a time. date-fns picks one where there is none or are two, and
 * takes a date that a zone left out for the one before; Temporal says which of these it is.
 */

/** Whether `zone` is a time zone this runtime knows by its IANA name. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/**
 * First millisecond of the date `on` in `zone`: later than midnight where the clock skips it, and that of the next date
 * where the whole date was left out (Pacific/Apia, 2011-12-30).
 */
export function firstMomentOf(on: string, zone: string): number {
  return Temporal.PlainDate.from(on).toZonedDateTime(zone).epochMilliseconds;
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
