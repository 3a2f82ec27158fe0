import {
  daysInYear,
  millisecondsInDay,
  millisecondsInHour,
  millisecondsInMinute,
  millisecondsInSecond,
} from "date-fns/constants";
import { messagesIn } from "#lib/messages/messages.ts";
import { type Day, type Duration, earliest, type Instant, type When } from "#lib/model/time.ts";
import { offsetAt } from "./zone.ts";

/** Whose zone and language times are told in. */
export interface Manner {
  readonly timezone: string;
  readonly locale: string;
}

/** Making a formatter costs a hundred times more than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const ages = new Map<string, Intl.RelativeTimeFormat>();
const lengths = new Map<string, Intl.DurationFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  return kept(formatters, key, () => new Intl.DateTimeFormat(locale, { calendar: "gregory", ...options }));
}

function lengthFormatter(locale: string, options: Intl.DurationFormatOptions): Intl.DurationFormat {
  return kept(lengths, `${locale} ${JSON.stringify(options)}`, () => new Intl.DurationFormat(locale, options));
}

function kept<T>(known: Map<string, T>, key: string, make: () => T): T {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

/** How far away a clock time without a date is not taken for that of another day. */
const NEAR_MS = 12 * millisecondsInHour;

/** Whether a clock time says enough of a moment, told at another. Both are milliseconds since the epoch. */
export function isNear(at: number, now: number): boolean {
  return Math.abs(at - now) < NEAR_MS;
}

/**
 * A time in words, no more exact than it is known: “23 August 2017 at 11:05:14 CEST”, “about 11:10 CEST”,
 * “3 September 2019”, “2–3 September 2019”. It is told in the offset it was written with, where
 * its zone is named, and else in the site's zone.
 * @param form `full` with date and zone, `short` with an abbreviated month and without zone and seconds, `clock` without a date
 */
export function timeInWords(when: When, manner: Manner, form: "full" | "short" | "clock" = "full"): string {
  const words = exactWords(when, manner, form);
  return when.approximate ? messagesIn(manner.locale).time.about({ time: words }) : words;
}

function exactWords(when: When, manner: Manner, form: "full" | "short" | "clock"): string {
  if (when.kind === "day") return dateInWords(when.on, manner.locale, form === "full" ? "long" : "medium");
  if (when.kind === "instant") return instantInWords(when, manner, form);
  const { from, to } = when;
  if (from.kind === "day" && to.kind === "day") return rangeInWords(from, to, manner.locale, form);
  return `${exactWords(from, manner, form)} – ${exactWords(to, manner, form)}`;
}

function instantInWords(instant: Instant, manner: Manner, form: "full" | "short" | "clock"): string {
  // Where no zone is named, the site's is meant.
  const isLocal = form === "short" || offsetAt(instant.at, manner.timezone) === instant.offset;
  const timeZone = isLocal ? manner.timezone : offsetName(instant.offset);
  const clock: Intl.DateTimeFormatOptions = {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(instant.precision === "minute" || form === "short" ? {} : { second: "2-digit" }),
  };
  const date: Intl.DateTimeFormatOptions =
    form === "full"
      ? { day: "numeric", month: "long", year: "numeric" }
      : form === "short"
        ? { day: "numeric", month: "short", year: "numeric" }
        : {};
  const words = formatter(manner.locale, { ...date, ...clock, timeZone }).format(instant.at);
  return form === "short" ? words : `${words} ${zoneName(instant, manner, isLocal)}`;
}

/** “CEST” where the zone has a name that people use, otherwise “UTC+02:00”. */
function zoneName(instant: Instant, { timezone, locale }: Manner, isLocal: boolean): string {
  if (instant.offset === 0) return "UTC";
  if (isLocal) {
    for (const language of [locale, "en-GB", "en-US"]) {
      const parts = formatter(language, { timeZone: timezone, timeZoneName: "short" }).formatToParts(instant.at);
      const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
      if (/^[A-Z]{2,5}$/.test(name)) return name;
    }
  }
  return `UTC${offsetName(instant.offset)}`;
}

/** `+02:00` */
function offsetName(offset: number): string {
  const size = Math.abs(offset);
  const hours = String(Math.floor(size / 60)).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${hours}:${String(size % 60).padStart(2, "0")}`;
}

/** A date in words. `medium` is “3 Sep 2019”. */
export function dateInWords(on: string, locale: string, form: "long" | "medium" | "weekday" = "long"): string {
  const month = form === "medium" ? "short" : "long";
  const weekday: Intl.DateTimeFormatOptions = form === "weekday" ? { weekday: "long" } : { year: "numeric" };
  return formatter(locale, { day: "numeric", month, ...weekday, timeZone: "UTC" }).format(Date.parse(on));
}

/** Several dates in a row: “18 – 22 November”. */
export function datesInWords(first: string, last: string, locale: string): string {
  const words = formatter(locale, { day: "numeric", month: "long", timeZone: "UTC" });
  return words.formatRange(Date.parse(first), Date.parse(last));
}

/** “September 2019” from `2019-09`. */
export function monthInWords(month: string, locale: string, form: "long" | "short" = "long"): string {
  const year: Intl.DateTimeFormatOptions = form === "long" ? { year: "numeric" } : {};
  return formatter(locale, { month: form, ...year, timeZone: "UTC" }).format(Date.parse(`${month}-01`));
}

function rangeInWords(from: Day, to: Day, locale: string, form: "full" | "short" | "clock"): string {
  const month = form === "full" ? "long" : "short";
  const range = formatter(locale, { day: "numeric", month, year: "numeric", timeZone: "UTC" });
  return range.formatRange(Date.parse(from.on), Date.parse(to.on));
}

/** A time for machines, as it was written: RFC 3339 with its offset, or a date. A span gives its beginning. */
export function timeForMachines(when: When): string {
  if (when.kind === "span") return timeForMachines(when.from);
  if (when.kind === "day") return when.on;
  const length = { minute: 16, second: 19, millisecond: 23 }[when.precision];
  const local = new Date(when.at + when.offset * 60_000).toISOString().slice(0, length);
  return `${local}${when.offset === 0 ? "Z" : offsetName(when.offset)}`;
}

/** As in public/assets/candor.js, which keeps ages true while a page is open. */
const AGES: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", daysInYear * millisecondsInDay],
  ["month", (daysInYear / 12) * millisecondsInDay],
  ["day", millisecondsInDay],
  ["hour", millisecondsInHour],
  ["minute", millisecondsInMinute],
];

/** How long ago or how far ahead something is, in one unit: “5 months ago”, “in 3 days”, “now”. */
export function ageInWords(when: When | number, now: number, locale: string): string {
  const at = typeof when === "number" ? when : earliest(when);
  const distance = at - now;
  const words = kept(ages, locale, () => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
  // A date alone has no hours, so its age has none.
  const units = typeof when !== "number" && when.kind !== "instant" ? AGES.slice(0, 3) : AGES;
  for (const [unit, size] of units) {
    if (Math.abs(distance) >= size) return words.format(Math.trunc(distance / size), unit);
  }
  return words.format(0, units.at(-1)?.[0] === "day" ? "day" : "second");
}

const UNITS = [
  ["days", millisecondsInDay],
  ["hours", millisecondsInHour],
  ["minutes", millisecondsInMinute],
  ["seconds", millisecondsInSecond],
] as const;

/** A length of time in its two largest units: “1 minute, 14 seconds”; “about 2 hours”; “up to 2 days” where only dates are known. */
export function durationInWords(duration: Duration, locale: string, form: "long" | "short" = "long"): string {
  if (duration.days !== undefined) {
    const length = lengthFormatter(locale, { style: form }).format({ days: duration.days });
    return messagesIn(locale).time.upTo({ length });
  }
  const first = Math.max(
    0,
    UNITS.findIndex(([, size]) => duration.ms >= size),
  );
  let rest = duration.ms;
  const parts: Partial<Record<(typeof UNITS)[number][0], number>> = {};
  for (const [name, size] of UNITS.slice(duration.ms < 1_000 ? 3 : first).slice(0, 2)) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) parts[name] = amount;
  }
  const words =
    Object.keys(parts).length === 0
      ? lengthFormatter(locale, { style: form, secondsDisplay: "always" }).format({ seconds: 0 })
      : lengthFormatter(locale, { style: form }).format(parts);
  return duration.approximate ? messagesIn(locale).time.about({ time: words }) : words;
}

/** The length of something that still lasts: in whole minutes, as the seconds would be wrong when they are read. */
export function runningInWords(duration: Duration, locale: string, form: "long" | "short" = "long"): string {
  const minutes = Math.floor(duration.ms / millisecondsInMinute);
  const ms = minutes === 0 ? duration.ms : minutes * millisecondsInMinute;
  return durationInWords({ ...duration, ms }, locale, form);
}
