import { timeForMachines } from "#lib/calendar/words.ts";
import { offsetAt } from "#lib/calendar/zone.ts";

/** A time as every answer tells it: with milliseconds, in the offset of the page's zone (`2025-10-21T09:12:03.000-07:00`). */
export function apiTime(at: number, zone: string): string {
  return timeForMachines({
    kind: "instant",
    at,
    offset: offsetAt(at, zone),
    precision: "millisecond",
    approximate: false,
  });
}
