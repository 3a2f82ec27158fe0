import { readLabelTime } from "../cstate/label-time.ts";
import type { Front } from "../front/front.ts";
import type { Note } from "../imported.ts";
import { dayOf, type Moment, readMoment, roughly } from "../moment.ts";
import { offsetOf } from "../zone-names.ts";

/** When a postmortem's incident was, as far as it says so. */
export interface Times {
  readonly started?: Moment;
  readonly detected?: Moment;
  readonly ended?: Moment;
}

const KEYS = {
  started:
    "start_time started start started_at start_date incident_start begin began date_started occurred occurred_at".split(
      " ",
    ),
  detected: "detected detected_at detection_time".split(" "),
  ended: "end_time ended end ended_at end_date incident_end resolved resolved_at date_resolved".split(" "),
  date: "incident_date date day".split(" "),
} as const;

const LABELS = {
  started:
    /^(?:fault (?:occurs?|occurred|began|starts?)|(?:incident|outage|impact|fault)? ?(?:start(?:ed|s)?|began|begins?)(?: time| at| on| date)?|occurred(?: at| on)?|(?:incident )?date(?: of (?:the )?incident)?)$/i,
  detected: /^(?:(?:first|fault|incident|issue)? ?detect(?:ed|ion)(?: time| at| on)?|time detected)$/i,
  ended:
    /^(?:(?:incident|issue|fault|outage|impact)? ?(?:resolved|end(?:ed|s)?|recovered|restored)(?: time| at| on| date)?|resolution time|service restored)$/i,
} as const;

const CLOCK = String.raw`(?<date>\d{4}-\d{2}-\d{2})(?:[T ]+(?<clock>\d{1,2}[:.]\d{2}(?::\d{2})?)(?<zone>\s?(?:Z|[+-]\d{2}:?\d{2}|[A-Z]{3,4}))?)?(?![\d:-])(?<rough>\s?~)?`;
const LABELLED = new RegExp(
  String.raw`^\s*(?:[-*+]\s+|\|\s*)?[*_]{0,2}(?<label>[A-Za-z][A-Za-z ]{2,40}?)[*_]{0,2}\s*(?:[:|]|\s-)?[*_]{0,2}\s*(?<about>~?)${CLOCK}`,
);
const ROW = new RegExp(String.raw`^\s*\|\s*[*_]{0,2}(?<about>~?)\s*${CLOCK}`);
const ZONE = /\b(?:all times|times?|time)\b[^.\n|]{0,30}?\b(?:in|are)\s+([A-Z]{3,4})\b|\btime\s*\(([A-Z]{3,4})\)/i;

/** Looks for times in the front matter, on labelled lines, in the table of events, in the names, and at last in the text. */
export function readTimes(front: Front, names: readonly string[], body: string, zone: string, note: Note): Times {
  const lines = body.split("\n");
  const offset = zoneIn(body, note);
  const read = (found: RegExpExecArray | null) => momentOf(found?.groups ?? {}, offset, zone);
  const labelled = (shape: RegExp) => {
    const all = lines
      .map((line) => LABELLED.exec(line))
      .filter((found) => shape.test(found?.groups?.["label"]?.trim() ?? ""));
    return all.map(read).findLast((moment) => moment !== undefined);
  };
  const rows = lines.map((line) => read(ROW.exec(line))).filter((moment) => moment !== undefined);
  const detected = front.moment(KEYS.detected, zone) ?? labelled(LABELS.detected);
  const began = front.moment(KEYS.started, zone) ?? labelled(LABELS.started);
  const first = began ?? earliest(detected, rows[0], note);
  const started = first ?? front.moment(KEYS.date, zone) ?? namedDate(names, zone) ?? proseDate(body, zone, note);
  if (first) front.text(...KEYS.date);
  if (!started) return {};
  const ended = front.moment(KEYS.ended, zone) ?? labelled(LABELS.ended) ?? lastRow(rows, started, body, note);
  if (!offset && (began?.isInstant || rows.length > 0) && /\d:\d\d/.test(body) && !hasZone(started))
    note("no zone", "nothing says in which zone its times are; taken as UTC, the zone of the new site");
  const isNews = detected !== undefined && detected.text !== started.text && detected.to >= started.from;
  return {
    started,
    ...(isNews ? { detected } : {}),
    ...endOf(ended, started, note),
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

type Parts = Readonly<Record<string, string | undefined>>;

function momentOf({ date, clock, zone: own, about, rough }: Parts, offset: string, zone: string): Moment | undefined {
  if (date === undefined) return undefined;
  const letters = own?.trim() ?? "";
  const shift = /^[A-Z]{3,4}$/.test(letters) ? (offsetOf(letters) ?? offset) : letters || offset;
  const { moment } = readMoment(clock === undefined ? date : `${date}T${clock.replace(".", ":")}${shift}`, zone);
  return moment && (about || rough) ? roughly(moment) : moment;
}

/** The offset that the text says its times have. */
function zoneIn(body: string, note: Note): string {
  const found = ZONE.exec(body);
  const letters = found?.[1] ?? found?.[2] ?? "";
  const offset = offsetOf(letters) ?? "";
  if (offset !== "" && offset !== "Z") note(`times in ${letters}`, `read as ${offset}, all year`);
  return offset;
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
