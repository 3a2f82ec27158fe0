import { tzOffset } from "@date-fns/tz/tzOffset";
import { utc } from "@date-fns/utc/utc";
import { addDays as daysAfter } from "date-fns/addDays";
import { addMonths } from "date-fns/addMonths";
import { millisecondsInDay } from "date-fns/constants";
import { differenceInCalendarDays } from "date-fns/differenceInCalendarDays";
import type { Day, Instant, When } from "#lib/model/time.ts";
import { firstMomentOf } from "./wall-clock.ts";

/** Dates are counted in UTC, whose days all have 24 hours: without it date-fns would count in the machine's own zone. */
const DATES = { in: utc };

/**
 * Minutes east of UTC in `zone` at `at` (milliseconds since the epoch).
 * @throws RangeError when there is no such zone
 */
export function offsetAt(at: number, zone: string): number {
  const offset = tzOffset(zone, new Date(at));
  if (Number.isNaN(offset)) throw new RangeError(`There is no time zone “${zone}”.`);
  return Math.round(offset);
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
  return daysAfter(on, days, DATES).toISOString().slice(0, 10);
}

/** A date as a number of days since 1970-01-01, for counting through many of them. */
export function dayNumber(on: string): number {
  return daysBetween("1970-01-01", on);
}

const afterPeriods = new Map<string, number>();

/** The day number with which the month (`2019-09`) or the year (`2019`) after a period begins. */
export function dayAfterPeriod(period: string): number {
  const known = afterPeriods.get(period);
  if (known !== undefined) return known;
  const months = period.length === 4 ? 12 : 1;
  const day = differenceInCalendarDays(addMonths(period, months, DATES), 0, DATES);
  afterPeriods.set(period, day);
  return day;
}

const names = new Map<number, string>();

/** The date that a day number stands for. */
export function dateName(day: number): string {
  const known = names.get(day) ?? new Date(day * millisecondsInDay).toISOString().slice(0, 10);
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
  const found = firstMomentOf(dateName(day), zone);
  known.set(day, found);
  return found;
}

/** The day number in `zone` at `at` (milliseconds since the epoch). */
export function dayAt(at: number, zone: string): number {
  let day = Math.floor(at / millisecondsInDay);
  while (at < startOf(day, zone)) day -= 1;
  while (at >= startOf(day + 1, zone)) day += 1;
  return day;
}

/** How many dates lie between two dates: 1 from one day to the next. */
export function daysBetween(from: string, to: string): number {
  return differenceInCalendarDays(to, from, DATES);
}

/** The same time as a clock of another zone shows it: instants get the zone's offset of then, dates stay what they are. */
export function inZone(when: When, zone: string): When {
  const moved = (point: Instant | Day): Instant | Day =>
    point.kind === "instant" ? { ...point, offset: offsetAt(point.at, zone) } : point;
  return when.kind === "span" ? { ...when, from: moved(when.from), to: moved(when.to) } : moved(when);
}
