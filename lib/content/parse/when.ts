import { localToInstant } from "#lib/calendar/wall-clock.ts";
import { addDays, offsetAt, startOfDay } from "#lib/calendar/zone.ts";
import { type Day, earliest, type Instant, latest, type Period, type When } from "#lib/model/time.ts";
import { quote } from "./quote.ts";

/** Why a text is no time, and what to write instead. */
export interface TimeFault {
  readonly message: string;
  readonly remedy: string;
}

export type ReadTime<T extends When | Period> = { readonly value: T } | { readonly fault: TimeFault };

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT =
  /^(?<date>\d{4}-\d{2}-\d{2})[Tt ](?<clock>\d{2}:\d{2})(?::(?<seconds>\d{2})(?:\.(?<fraction>\d{1,9}))?)?(?<zone>[Zz]|[+-][\d:]{1,6})?$/;
const OFFSET = /^[+-](?<hours>\d{2}):?(?<minutes>\d{2})$/;
/** No status page is older than the first; past the last, a digit has slipped. */
const FIRST_YEAR = "1970";
const LAST_YEAR = "2999";
const SHAPES = "Write a time as 2017-08-23T11:05:14+02:00, a date as 2017-08-23, or a span as 2019-09-02/2019-09-03.";

/**
 * Reads an instant, a date or a span; `~` before it marks it as approximate. A clock time without an offset is read
 * in `zone`. Dates that the calendar lacks are refused, never rolled over (the profile of ISO 8601 in RFC 3339,
 * section 5.6, with seconds and offset optional).
 */
export function readWhen(text: string, zone: string): ReadTime<When> {
  const approximate = text.startsWith("~");
  const bare = (approximate ? text.slice(1) : text).trim();
  const slash = bare.indexOf("/");
  if (slash === -1) return readPoint(bare, approximate, zone);

  const from = readPoint(bare.slice(0, slash).trim(), approximate, zone);
  if ("fault" in from) return from;
  const to = readPoint(bare.slice(slash + 1).trim(), approximate, zone);
  if ("fault" in to) return to;
  if (latest(to.value) < earliest(from.value)) {
    return fault(`The span ${quote(text)} ends before it begins.`, "Put the earlier time before the slash.");
  }
  return { value: { kind: "span", from: from.value, to: to.value, approximate } };
}

/** Reads a date without a time, as `due` and `done` need it. */
export function readDay(text: string, zone: string): ReadTime<Day> {
  const read = readWhen(text, zone);
  if ("fault" in read) return read;
  if (read.value.kind === "day") return { value: read.value };
  return fault(`${quote(text)} is not a date alone.`, "Write only the date, as 2017-10-01.");
}

/** Reads an instant, as a maintenance window needs it. */
export function readInstant(text: string, zone: string): ReadTime<Instant> {
  const read = readWhen(text, zone);
  if ("fault" in read) return read;
  if (read.value.kind === "instant") return { value: read.value };
  return fault(`${quote(text)} has no time of day.`, "Write date, time and offset, as 2026-11-08T22:00:00+01:00.");
}

const MS_PER_UNIT = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** A length of time such as `30m`, `72h`, `14d` or `2w`. */
export const PERIOD = /^[1-9]\d{0,4}[mhdw]$/;

/** Reads a length of time such as `30m`, `72h`, `14d` or `2w`; undefined for anything else. */
export function readPeriod(written: string): Period | undefined {
  if (!PERIOD.test(written)) return undefined;
  const ms = Number(written.slice(0, -1)) * MS_PER_UNIT[written.at(-1) as keyof typeof MS_PER_UNIT];
  return { kind: "period", ms, written };
}

/** Reads an instant, or a length of time after something. */
export function readInstantOrPeriod(text: string, zone: string): ReadTime<Instant | Period> {
  const period = readPeriod(text);
  if (period) return { value: period };
  const read = readInstant(text, zone);
  if ("value" in read) return read;
  return fault(read.fault.message, "Write a time as 2026-11-22T11:30+01:00, or a length of time as 30m or 2h.");
}

function readPoint(text: string, approximate: boolean, zone: string): ReadTime<Instant | Day> {
  if (DATE.test(text)) return readDate(text, approximate, zone);
  const parts = INSTANT.exec(text)?.groups;
  if (parts?.["date"] === undefined || parts["clock"] === undefined)
    return fault(`${quote(text)} is not a time.`, SHAPES);

  const clock = `${parts["clock"]}:${parts["seconds"] ?? "00"}`;
  const fraction = parts["fraction"]?.slice(0, 3).padEnd(3, "0") ?? "000";
  const wrongDate = dateFault(parts["date"]);
  if (wrongDate) return wrongDate;
  if (!isClockTime(clock)) {
    return fault(`The clock never shows ${clock}.`, "Hours run from 00 to 23, minutes and seconds from 00 to 59.");
  }
  const precision = parts["fraction"] ? "millisecond" : parts["seconds"] ? "second" : "minute";
  const local = `${parts["date"]}T${clock}.${fraction}`;

  if (parts["zone"] !== undefined) {
    const offset = readOffset(parts["zone"]);
    if (offset === undefined) {
      return fault(`“${parts["zone"]}” is not an offset from UTC.`, "Write it as Z or +02:00; none passes 14 hours.");
    }
    const at = Date.parse(`${local}Z`) - offset * 60_000;
    return { value: { kind: "instant", at, offset, precision, approximate } };
  }

  const at = localToInstant(local, zone);
  if (at === "skipped") {
    return fault(`In ${zone} the clock was put forward over ${text}.`, "Add the offset you mean, as +01:00.");
  }
  if (at === "twice") {
    return fault(`In ${zone} the clock showed ${text} twice.`, "Add the offset you mean, as +02:00 or +01:00.");
  }
  return { value: { kind: "instant", at, offset: offsetAt(at, zone), precision, approximate } };
}

function readDate(on: string, approximate: boolean, zone: string): ReadTime<Day> {
  const wrongDate = dateFault(on);
  if (wrongDate) return wrongDate;
  const startsAt = startOfDay(on, zone);
  const endsAt = startOfDay(addDays(on, 1), zone);
  return { value: { kind: "day", on, startsAt, endsAt, approximate } };
}

function dateFault(on: string): { fault: TimeFault } | undefined {
  const at = Date.parse(`${on}T00:00:00Z`);
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(on)) {
    return fault(`The calendar has no ${on}.`, "Correct the year, month or day; it was not moved to another date.");
  }
  const year = on.slice(0, 4);
  if (year >= FIRST_YEAR && year <= LAST_YEAR) return undefined;
  return fault(`The year ${year} cannot be meant.`, `Correct it; years run from ${FIRST_YEAR} to ${LAST_YEAR}.`);
}

function isClockTime(clock: string): boolean {
  const [hours = 99, minutes = 99, seconds = 99] = clock.split(":").map(Number);
  return hours < 24 && minutes < 60 && seconds < 60;
}

function readOffset(zone: string): number | undefined {
  if (zone === "Z" || zone === "z") return 0;
  const parts = OFFSET.exec(zone)?.groups;
  const hours = Number(parts?.["hours"]);
  const minutes = Number(parts?.["minutes"]);
  const offset = hours * 60 + minutes;
  if (Number.isNaN(offset) || minutes > 59 || offset > 14 * 60) return undefined;
  return zone.startsWith("-") ? 0 - offset : offset;
}

function fault(message: string, remedy: string): { fault: TimeFault } {
  return { fault: { message, remedy } };
}
