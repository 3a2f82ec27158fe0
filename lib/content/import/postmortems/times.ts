import { readLabelTime } from "../cstate/label-time.ts";
import type { Front } from "../front/front.ts";
import type { Note } from "../imported.ts";
import { between, dayOf, type Moment, readMoment, roughly } from "../moment.ts";
import { offsetOf } from "../zone-names.ts";
import { CLOCK, momentOf } from "./dated.ts";
import { readRows } from "./rows.ts";
import { readSpan } from "./span.ts";

/** When a postmortem's incident was, as far as it says so. */
export interface Times {
  readonly started?: Moment;
  readonly detected?: Moment;
  readonly ended?: Moment;
  /** Nothing but the name of the file or its title gave the date. */
  readonly isFromName?: boolean;
}

/** Each is written in one word, with a dash or with a line between its parts: `resolvedDate` is one of these. */
const KEYS = {
  started: spellings(
    "start time, started, start, started at, start date, started date, incident start, incident started, begin, began, date started, occurred, occurred at, outage start",
  ),
  detected: spellings("detected, detected at, detection time, detected date, time detected"),
  ended: spellings(
    "end time, ended, end, ended at, end date, ended date, incident end, incident ended, resolved at, resolved date, resolved time, resolved on, resolved when, date resolved, resolution date, resolution time, outage end, resolved",
  ),
  date: spellings("incident date, date, day"),
} as const;

function spellings(names: string): readonly string[] {
  return names.split(", ").flatMap((name) => ["_", "", "-"].map((between) => name.replaceAll(" ", between)));
}

const LABELS = {
  started:
    /^(?:fault (?:occurs?|occurred|began|starts?)|(?:incident|outage|impact|fault)? ?(?:start(?:ed|s)?|began|begins?)(?: time| at| on| date)?|occurred(?: at| on)?|(?:incident )?date(?: of (?:the )?incident)?)$/i,
  detected: /^(?:(?:first|fault|incident|issue)? ?detect(?:ed|ion)(?: time| at| on)?|time detected)$/i,
  ended:
    /^(?:(?:incident|issue|fault|outage|impact)? ?(?:resolved|end(?:ed|s)?|recovered|restored)(?: time| at| on| date)?|resolution time|service restored)$/i,
} as const;

const LABELLED = new RegExp(
  String.raw`^\s*(?:[-*+]\s+|\|\s*)?[*_]{0,2}(?<label>[A-Za-z][A-Za-z ]{2,40}?)[*_]{0,2}\s*(?:[:|]|\s-)?[*_]{0,2}\s*(?<about>~?)${CLOCK}`,
);
const ZONE = /\b(?:all times|times?|time)\b[^.\n|]{0,30}?\b(?:in|are)\s+([A-Z]{3,4})\b|\btime\s*\(([A-Z]{3,4})\)/i;

/**
 * Looks for times in the front matter, on labelled lines, in the table of events, in a sentence that says from when to
 * when it lasted, in the names, and at last in the text.
 */
export function readTimes(front: Front, names: readonly string[], body: string, zone: string, note: Note): Times {
  const offset = zoneIn(body, note);
  const lines = body.split("\n");
  const labelled = (shape: RegExp) => {
    const all = lines
      .map((line) => LABELLED.exec(line))
      .filter((found) => shape.test(found?.groups?.["label"]?.trim() ?? ""));
    return all.map((found) => momentOf(found?.groups ?? {}, offset, zone)).findLast((moment) => moment !== undefined);
  };
  const detected = front.moment(KEYS.detected, zone) ?? labelled(LABELS.detected);
  const began = front.moment(KEYS.started, zone) ?? labelled(LABELS.started);
  const dated = front.moment(KEYS.date, zone);
  const named = namedDate(names, zone);
  const span = began ? undefined : readSpan(body, { near: dated ?? named ?? titleMonth(names, zone), offset, zone });
  const rows = readRows(lines, dated ?? named, offset, zone);
  if (span) note(`“${span.words}”`, `taken as its beginning and its end: ${span.started.text}, ${span.ended.text}`);
  const first = began ?? span?.started ?? earliest(detected, rows[0], note);
  const told = first ?? dated;
  const started = told ?? (named ? roughly(named) : proseDate(body, zone, note));
  if (!started) return {};
  const isFromName = told === undefined && named !== undefined;
  if (isFromName) note(`the date ${named.text} of its name`, "the text gives no time; taken as roughly when it was");
  const ended =
    front.moment(KEYS.ended, zone) ?? labelled(LABELS.ended) ?? span?.ended ?? lastRow(rows, started, body, note);
  if (!offset && (began?.isInstant || rows.length > 0) && /\d:\d\d/.test(body) && !hasZone(started))
    note("no zone", "nothing says in which zone its times are; taken as UTC, the zone of the new site");
  const isNews = detected !== undefined && detected.text !== started.text && detected.to >= started.from;
  return {
    started,
    ...(isNews ? { detected } : {}),
    ...endOf(ended, started, note),
    ...(isFromName ? { isFromName } : {}),
  };
}

function hasZone({ text }: Moment): boolean {
  return /(?:Z|[+-]\d{2}:\d{2})$/.test(text);
}

/** An end that can be one; a postmortem is written when all is over, so there was one. */
function endOf(ended: Moment | undefined, started: Moment, note: Note): Pick<Times, "ended"> {
  if (ended && ended.to >= started.from) return { ended };
  if (ended) note(`the end ${ended.text}`, `it lies before the start (${started.text}); left out`);
  const latest = roughly(started);
  note("no end", `nothing says when it was over; ${latest.text} was written, so that it is not taken for open`);
  return { ended: latest };
}

/** Its detection, or the first of the events, whichever came first. */
function earliest(detected: Moment | undefined, row: Moment | undefined, note: Note): Moment | undefined {
  const first = row && (!detected || row.from < detected.from) ? row : detected;
  if (first) {
    const what = first === row ? "the first of its events" : "its detection";
    note("no start", `nothing says when it began; ${what} was taken: ${first.text}`);
  }
  return first;
}

/** The event that its “time to recovery” names, or the last one, as roughly the end. */
function lastRow(rows: readonly Moment[], started: Moment, body: string, note: Note): Moment | undefined {
  const minutes = Number(/time to (?:recovery|resolve)[*_]*:?[*_]*\s*(\d{1,5}) minutes/i.exec(body)?.[1]);
  const told = rows.find(({ from, isInstant }) => isInstant && from === started.from + minutes * 60_000);
  if (told) return told;
  const last = rows.toSorted((a, b) => a.from - b.from).at(-1);
  if (!last) return undefined;
  note("no end", `the last of its events was taken as roughly the end: ${last.text}`);
  return roughly(last);
}

/** The offset that the text says its times have. */
function zoneIn(body: string, note: Note): string {
  const found = ZONE.exec(body);
  const letters = found?.[1] ?? found?.[2] ?? "";
  const offset = offsetOf(letters) ?? "";
  if (offset !== "" && offset !== "Z") note(`times in ${letters}`, `read as ${offset}, all year`);
  return offset;
}

/** The month that a title names with its year, as in “Delays (November 2025)”. */
function titleMonth(names: readonly string[], zone: string): Moment | undefined {
  const found = names.map((name) => /\b([A-Z][a-z]{2,8}),? (\d{4})\b/.exec(name)).find((match) => match !== null);
  const dayOfIt = (day: number) => readLabelTime(`${found?.[1]} ${day}, ${found?.[2]}`, undefined, zone)?.moment;
  const [first, last] = found ? [dayOfIt(1), dayOfIt(28)] : [];
  return first && last ? between(first, last) : undefined;
}

function namedDate(names: readonly string[], zone: string): Moment | undefined {
  const found = names.map((name) => /(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)/.exec(name)?.[1]);
  return found.map((on) => (on === undefined ? undefined : readMoment(on, zone).moment)).find((moment) => moment);
}

const FAR = 6000;

/** The first whole date in the text, which most likely is that of the incident. */
function proseDate(body: string, zone: string, note: Note): Moment | undefined {
  for (const sentence of body.slice(0, FAR).split(/(?<=[.!?])\s|\n/)) {
    if (!/\b\d{4}\b/.test(sentence)) continue;
    const found = readLabelTime(sentence, undefined, zone)?.moment;
    if (!found) continue;
    const day = roughly(dayOf(found.first.slice(0, 10), zone));
    note(`“${sentence.trim().slice(0, 80)}”`, `the first date in its text was taken as roughly its own: ${day.text}`);
    return day;
  }
  return undefined;
}
