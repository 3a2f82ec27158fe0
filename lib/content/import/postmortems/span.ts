import { DATE, readLabelTime } from "../cstate/label-time.ts";
import { type Moment, roughly } from "../moment.ts";
import { offsetOf } from "../zone-names.ts";

/** From when to when an incident lasted, as a sentence of its report says. */
export interface Span {
  readonly started: Moment;
  readonly ended: Moment;
  /** The words that say so. */
  readonly words: string;
}

const CLOCK = String.raw`\d{1,2}(?:[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\b\.?)?|\s*[ap]\.?m\b\.?)`;
const ZONE = String.raw`(?:UTC|GMT|Z|[A-Z]{3,4}|[+-]\d{2}:?\d{2})`;
const BEHIND = String.raw`\s*(?:,|at\b)?\s*`;
const TO = String.raw`\s*(?<joint>\b(?:to|until|till|and|through)\b|[–—]|-{1,3}|→)\s*(?:about|around|approximately|roughly|~)?\s*`;

/** "November 11, 4:02 PM UTC to November 14, 3:02 PM UTC", "14:05 to 15:10 UTC on 3 March 2024". */
const RANGE = new RegExp(
  `(?:(?<fromDate>${DATE})${BEHIND})?(?<fromClock>${CLOCK})(?:\\s*(?<fromZone>${ZONE})\\b)?${TO}` +
    `(?:(?<toDate>${DATE})${BEHIND})?(?<toClock>${CLOCK})(?:\\s*(?<toZone>${ZONE})\\b)?(?:\\s*(?:,|on\\b)?\\s*(?<lateDate>${DATE}))?`,
  "i",
);
const ABOUT = /(?:about|around|approximately|approx\.?|roughly|circa|~)\s*$/i;
const DAY = new RegExp(DATE, "gi");
const DAY_MS = 86_400_000;

/** No report is written longer than this after its incident began, and none before it. */
const OLDEST_MS = 120 * DAY_MS;
const NEWEST_MS = 2 * DAY_MS;

interface SpanContext {
  /** The date of the report, as its file or its front matter says it; without one a year must be written. */
  readonly near: Moment | undefined;
  /** Of times that name no zone; empty where the text says nothing of it. */
  readonly offset: string;
  readonly zone: string;
}

/** The first sentence that tells a beginning and an end with their times of day. */
export function readSpan(text: string, context: SpanContext): Span | undefined {
  // Rows of a table are events, each of which may last.
  const prose = text.replace(/^\s*\|.*$/gm, "");
  for (const sentence of prose.split(/(?<=[.!?])\s+(?=[A-Z])|\n\s*\n|\n\s*[-*+]\s/)) {
    const line = sentence.replace(/\s+/g, " ").trim();
    const found = RANGE.exec(line);
    const span = found && spanOf(found, line, context);
    if (span) return span;
  }
  return undefined;
}

function spanOf(found: RegExpExecArray, line: string, context: SpanContext): Span | undefined {
  const { near } = context;
  const { joint, fromDate, fromClock, fromZone, toDate, toClock, toZone, lateDate } = found.groups ?? {};
  const before = line.slice(0, found.index);
  if (joint === "and" && !/\bbetween\b/i.test(before)) return undefined;
  const date = fromDate ?? lateDate ?? before.match(DAY)?.at(-1);
  if (date === undefined) return undefined;
  const shared = fromZone ?? toZone ?? context.offset;
  const read = (on: string, clock: string | undefined, letters: string | undefined) =>
    momentOf(on, clock, letters ?? shared, context);
  const started = read(date, fromClock, fromZone);
  const ended = read(toDate ?? lateDate ?? date, toClock, toZone);
  if (!started?.isInstant || !ended?.isInstant || ended.from <= started.from) return undefined;
  if (near && (started.from > near.to + NEWEST_MS || started.from < near.from - OLDEST_MS)) return undefined;
  const isRough = ABOUT.test(before);
  return {
    started: isRough ? roughly(started) : started,
    ended: isRough ? roughly(ended) : ended,
    words: found[0].trim(),
  };
}

function momentOf(
  date: string,
  clock: string | undefined,
  letters: string,
  { near, zone }: SpanContext,
): Moment | undefined {
  if (near === undefined && !/\b\d{4}\b/.test(date)) return undefined;
  const offset = offsetOf(letters) ?? letters;
  const written = (on: string) => readLabelTime(`${on} ${clock ?? ""} ${offset}`.trim(), near, zone)?.moment;
  const moment = written(date);
  const isAhead = moment && near && moment.from > near.to + NEWEST_MS && !/\b\d{4}\b/.test(date);
  // A month without a year that has not come yet was that of the year before.
  return isAhead ? written(`${date}, ${Number(moment.first.slice(0, 4)) - 1}`) : moment;
}
