import { type Moment, readMoment } from "../moment.ts";

const MONTHS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    "jan january januar janvier enero gennaio janeiro",
    "feb february februar fevrier febrero febbraio fevereiro",
    "mar march marz mars marzo marco",
    "apr april avril abril aprile",
    "may mai mayo maggio maio",
    "jun june juni juin junio giugno junho",
    "jul july juli juillet julio luglio julho",
    "aug august aout agosto",
    "sep sept september septembre septiembre settembre setembro",
    "oct october oktober okt octobre octubre ottobre outubro",
    "nov november novembre noviembre novembro",
    "dec december dezember dez decembre diciembre dicembre dezembro",
  ].flatMap((names, index) => names.split(" ").map((name) => [name, index + 1])),
);
const MONTH = `(?<month>${Object.keys(MONTHS).join("|")})`;
const CLOCK = String.raw`(?:[ T,]*(?:at|um|-|–|—)?\s*(?<hours>\d{1,2})(?:[:h.](?<minutes>\d{2}))?(?::(?<seconds>\d{2}))?\s*(?<half>[ap]m)?\s*(?<zone>utc|gmt|z|[+-]\d{2}:?\d{2})?(?<other>\s*\(?(?:uhr\b|[a-z]{2,12}(?:\s+time)?\b)?))?`;
const ISO = new RegExp(String.raw`(?<![\d-])(?<year>\d{4})-(?<number>\d{1,2})-(?<day>\d{1,2})${CLOCK}`, "i");
const DOTTED = new RegExp(String.raw`(?<![\d.])(?<day>\d{1,2})\.(?<number>\d{1,2})\.(?<year>\d{4})${CLOCK}`, "i");
const DAY_FIRST = new RegExp(
  String.raw`\b(?<day>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?${MONTH}\b\.?,?(?:\s+(?<year>\d{4}))?${CLOCK}`,
  "i",
);
const MONTH_FIRST = new RegExp(
  String.raw`\b${MONTH}\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s+(?<year>\d{4}))?${CLOCK}`,
  "i",
);

/** A date in one of these shapes, without a time of day. */
export const DATE = String.raw`(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:${Object.keys(MONTHS).join("|")})\b\.?,?(?:\s+\d{4})?|\b(?:${Object.keys(MONTHS).join("|")})\.?\s+\d{1,2}(?:st|nd|rd|th)?\b(?:,?\s+\d{4}\b)?)`;

/** A date that a label names, with its time of day where that is clear. */
export interface LabelTime {
  readonly moment: Moment;
  /** Where in the label, without its accents, it begins. */
  readonly index: number;
  /** The label without it and without accents. */
  readonly rest: string;
  /** Where in the label as written it ends. */
  readonly end: number;
}

/** Finds the date in a label such as "Update 11th of February 2022 - 19:00 UTC" or "Update Jun 24, 10AM". */
export function readLabelTime(label: string, start: Moment | undefined, zone: string): LabelTime | undefined {
  const plain = withoutAccents(label);
  for (const shape of [ISO, DOTTED, DAY_FIRST, MONTH_FIRST]) {
    const found = shape.exec(plain);
    if (!found?.groups) continue;
    const { year, number, month, day, hours, minutes, seconds, half, zone: offset, other = "" } = found.groups;
    const monthNumber = Number(number ?? MONTHS[(month ?? "").toLowerCase()]);
    const on = `${year ?? yearAfter(start, monthNumber)}-${monthNumber}-${day}`;
    // A time of day counts only where its zone is the site's or UTC: "10:00 Central Time" does not say which moment it was.
    const hasClock =
      hours !== undefined &&
      (minutes !== undefined || half !== undefined) &&
      (offset !== undefined || /^\s*(?:uhr)?$/i.test(other));
    const clock = hasClock
      ? ` ${hours}:${minutes ?? "00"}${seconds ? `:${seconds}` : ""}${half ?? ""}${offset ?? ""}`
      : "";
    const { moment, fault } = readMoment(on + clock, zone);
    if (!moment || fault !== undefined) continue;
    const end = found.index + found[0].length - other.length;
    return {
      moment,
      index: found.index,
      rest: plain.slice(0, found.index) + plain.slice(end),
      end: writtenIndex(label, end),
    };
  }
  return undefined;
}

/** Where in a text stands what is at `index` of the same text without its accents. */
function writtenIndex(text: string, index: number): number {
  let at = 0;
  let plain = 0;
  for (const character of text) {
    if (plain >= index) break;
    at += character.length;
    plain += withoutAccents(character).length;
  }
  return at;
}

function withoutAccents(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "");
}

/** The year of a month named without one: that of the start, or the next when the month has passed by then. */
function yearAfter(start: Moment | undefined, month: number): string {
  const year = Number(start?.first.slice(0, 4) ?? Number.NaN);
  const began = Number(start?.first.slice(5, 7) ?? Number.NaN);
  return String(month + 6 < began ? year + 1 : year);
}
