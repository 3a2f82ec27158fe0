import { Temporal } from "temporal-polyfill";

/** Minutes after midnight on the clocks of `zone` at `at`. */
export function minuteOfDayAt(at: number, zone: string): number {
  const { hour, minute } = zonedAt(at, zone);
  return hour * 60 + minute;
}

/**
 * The next moment after `at` when the clocks of `zone` show `minute` after midnight, on a weekday (1 is Monday) where
 * one is given. A time that the clocks skip is the moment they go on; of one that they show twice it is the first.
 */
export function nextTimeAfter(at: number, zone: string, minute: number, weekday?: number): number {
  const now = zonedAt(at, zone);
  const time = { hour: Math.floor(minute / 60), minute: minute % 60 };
  for (let day = now.toPlainDate(); ; day = day.add({ days: 1 })) {
    if (weekday !== undefined && day.dayOfWeek !== weekday) continue;
    const found = day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
    if (found > at) return found;
  }
}

function zonedAt(at: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}
