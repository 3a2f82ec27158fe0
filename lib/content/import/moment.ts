import { localToInstant } from "#lib/calendar/wall-clock.ts";
import { addDays, offsetAt, startOfDay } from "#lib/calendar/zone.ts";

/** A time of the old site, as Candor writes it. */
export interface Moment {
  /** An instant, a date or a span, ready for the front matter. */
  readonly text: string;
  /** The two ends of a span; of anything else, `text` twice. */
  readonly first: string;
  readonly last: string;
  /** The earliest it can have been, in milliseconds since the epoch. */
  readonly from: number;
  /** The latest it can have been. */
  readonly to: number;
  /** It has a time of day. */
  readonly isInstant: boolean;
}

/** A time as far as it could be read; `fault` says what was wrong with it and how it was taken. */
export interface ReadMoment {
  readonly moment?: Moment;
  readonly fault?: string;
}

const SHAPE =
  /^(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?:(?<gap>[Tt\s:,_Z]+)(?<hours>\d{1,3})[:.hH](?<minutes>\d{1,2})(?:[:.](?<seconds>\d{1,2}))?(?:[.,](?<fraction>\d{1,9})\d*)?(?<rest>:\d{1,2})?\s*(?<half>[AaPp]\.?[Mm]\.?)?\s*\(?(?<zone>[Zz]|[+−-]\s?\d{1,2}:?(?:\d{2})?|[A-Za-z]{2,5})?\)?(?:\s+[A-Z]{2,5})?)?$/;

/**
 * Reads what people write where Hugo expects a time: with a blank for the `T`, one digit too few or too many, no zone.
 * A date that the calendar lacks is never rolled over: 31 September becomes the span between 30 September and 1 October.
 * @param zone the zone of times that name none
 */
export function readMoment(written: string, zone: string): ReadMoment {
  const found = SHAPE.exec(written.trim())?.groups;
  if (!found) return { fault: "it is not a time that can be read, so it was left out" };
  const on = [found["year"], two(found["month"]), two(found["day"])].join("-");
  if (Number(found["year"]) < 1970 || Number(found["year"]) > 2999)
    return { fault: "years run from 1970 to 2999, so it was left out" };
  if (!isDate(on)) return impossibleDate(on, zone);
  if (found["hours"] === undefined) return { moment: dayOf(on, zone) };
  return readClock(on, found, zone);
}

type Parts = Readonly<Record<string, string | undefined>>;

function readClock(on: string, parts: Parts, zone: string): ReadMoment {
  const faults: string[] = [];
  if (/[Z:]/.test(parts["gap"] ?? "")) faults.push("date and time are not joined by “T”");
  if ((parts["hours"] ?? "").length === 3) faults.push("the hour has three digits");
  if (parts["rest"] !== undefined) faults.push(`“${parts["rest"]}” after the seconds was passed over`);

  let date = on;
  let hours = hoursOf(Number(parts["hours"]), parts["half"]);
  const minutes = Number(parts["minutes"]);
  const seconds = Number(parts["seconds"] ?? 0);
  if (hours === 24 && minutes === 0 && seconds === 0) {
    date = addDays(on, 1);
    hours = 0;
    faults.push("24:00 is midnight of the next date");
  }
  if (hours > 23 || minutes > 59 || seconds > 59) {
    return { moment: dayOf(on, zone), fault: "the clock never shows that time, so only the date was carried" };
  }
  const clock = `${two(hours)}:${two(minutes)}`;
  const finer =
    parts["seconds"] === undefined ? "" : `:${two(seconds)}${parts["fraction"] ? `.${parts["fraction"]}` : ""}`;
  const offset = readOffset(parts["zone"]);
  if (offset === "unknown") faults.push(`“${parts["zone"] ?? ""}” is no offset from UTC, so the site's zone was taken`);

  const moment = instant(`${date}T${clock}${finer}`, offset === "unknown" ? "" : offset, zone);
  if (moment.text.startsWith("~")) faults.push(`the clock in ${zone} was changed then`);
  return faults.length === 0 ? { moment } : { moment, fault: `${faults.join(", ")}; read as ${moment.text}` };
}

function hoursOf(hours: number, half: string | undefined): number {
  if (half === undefined || hours > 12) return hours;
  return (hours % 12) + (/^p/i.test(half) ? 12 : 0);
}

/** An offset as Candor writes it, empty when none was written. `-00:00` is written `+00:00`. */
function readOffset(written: string | undefined): string | "unknown" {
  if (written === undefined) return "";
  if (/^(?:z|utc|gmt)$/i.test(written)) return "Z";
  const [, sign, hours, minutes = "00"] = /^([+−-])\s?(\d{1,2}):?(\d{2})?$/.exec(written) ?? [];
  if (sign === undefined || Number(hours) * 60 + Number(minutes) > 14 * 60 || Number(minutes) > 59) return "unknown";
  const isZero = Number(hours) + Number(minutes) === 0;
  return `${sign === "+" || isZero ? "+" : "-"}${two(hours)}:${minutes}`;
}

function instant(local: string, offset: string, zone: string): Moment {
  const full = local.length === 16 ? `${local}:00` : local;
  if (offset !== "") return exactly(`${local}${offset}`, Date.parse(`${full}${offset}`));
  if (zone === "UTC") return exactly(local, Date.parse(`${full}Z`));
  const at = localToInstant(full.slice(0, 19), zone);
  if (typeof at === "number") return exactly(local, at);
  // The clock was changed that night: the offset of the day before makes the time clear, and “~” says that it is not.
  const before = offsetAt(Date.parse(`${full}Z`) - 86_400_000, zone);
  const sign = before < 0 ? "-" : "+";
  const text = `${local}${sign}${two(Math.floor(Math.abs(before) / 60))}:${two(Math.abs(before) % 60)}`;
  return { ...exactly(text, Date.parse(`${full}Z`) - before * 60_000), text: `~${text}` };
}

function exactly(text: string, at: number): Moment {
  return { text, first: text, last: text, from: at, to: at, isInstant: true };
}

/** The whole of a date. */
export function dayOf(on: string, zone: string): Moment {
  const [from, next] =
    zone === "UTC"
      ? [Date.parse(on), Date.parse(addDays(on, 1))]
      : [startOfDay(on, zone), startOfDay(addDays(on, 1), zone)];
  return { text: on, first: on, last: on, from, to: next - 1, isInstant: false };
}

/** Some time between two others, in order. */
export function between(a: Moment, b: Moment): Moment {
  if (a.first === b.last) return a;
  return { text: `${a.first}/${b.last}`, first: a.first, last: b.last, from: a.from, to: b.to, isInstant: false };
}

/** The same time, known only roughly; a span says so already. */
export function roughly(moment: Moment): Moment {
  return /^~|\//.test(moment.text) ? moment : { ...moment, text: `~${moment.text}`, isInstant: false };
}

/** 31 September is the last of September or the first of October: no more is known. */
function impossibleDate(on: string, zone: string): ReadMoment {
  const month = `${on.slice(0, 8)}01`;
  const days = Number(on.slice(8));
  if (!isDate(month) || days < 1 || days > 31) return { fault: `the calendar has no ${on}, so it was left out` };
  let last = on.slice(0, 8) + 31;
  for (let day = 31; !isDate(last); day -= 1) last = on.slice(0, 8) + day;
  const moment = between(dayOf(last, zone), dayOf(addDays(month, days - 1), zone));
  return { moment, fault: `the calendar has no ${on}; carried as ${moment.text}, which is all that is known` };
}

function isDate(on: string): boolean {
  const at = Date.parse(`${on}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(on);
}

function two(part: string | number | undefined): string {
  return String(Number(part)).padStart(2, "0");
}
