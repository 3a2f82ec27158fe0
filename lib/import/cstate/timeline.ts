import type { UpdateStatus } from "#lib/model/incident.ts";
import type { Note } from "../imported.ts";
import { TRACK_END, TRACK_START } from "./body.ts";
import { between, type Moment, readMoment, roughly } from "./moment.ts";
import { oldestFirst, ownTime } from "./order.ts";
import { saysItIsOver, type Sense, wordsOf } from "./senses.ts";
import type { Piece } from "./split.ts";

/** What the front matter says of an incident's course. */
export interface Course {
  readonly isMaintenance: boolean;
  readonly isOver: boolean;
  /** An announcement that was never open: its last text closes it. */
  readonly isPost: boolean;
  readonly start: Moment;
  /** Absent when it is not known, or lies before the start. */
  readonly end?: Moment;
  /** When the first text was written, where that is known to be before the start. */
  readonly announced?: Moment;
  readonly zone: string;
}

/** One update as it goes into the file. */
export interface Told {
  readonly at: Moment;
  readonly status: UpdateStatus;
  readonly body: string;
  /** Line in the old file; absent for one that was added. */
  readonly line?: number;
}

export interface Timeline {
  readonly updates: readonly Told[];
  /** It was opened again after the end that the front matter gives. */
  readonly isReopened: boolean;
}

interface Draft {
  readonly sense: Sense | undefined;
  readonly label: Piece["label"];
  /** The text behind the label, and with it. */
  readonly bare: string;
  readonly whole: string;
  readonly line: number;
  /** Its own time, from a track or a label. */
  readonly own?: Moment;
}

/** Tells a page's pieces as a timeline, oldest first. A text that is not a status is kept whole as an update. */
export function tellTimeline(pieces: readonly Piece[], written: Course, note: Note): Timeline {
  const { isReopened, course } = afterReopening(pieces, written, note);
  const drafts = oldestFirst(pieces, course.zone)
    .map((piece) => draftOf(piece, course.zone, note))
    .filter(({ whole }) => whole !== "");
  const statuses = statusesOf(drafts, course, note);
  const end = closing(drafts, statuses, course, note);
  const times = end ? timesOf([...drafts, {}], [...statuses, end.status], course) : timesOf(drafts, statuses, course);
  const told = drafts.map((draft, index): Told => {
    const status = statuses[index] ?? "update";
    const { moment, isDerived } = times[index] ?? { moment: course.start, isDerived: false };
    if (isDerived)
      note(
        nameOf(draft),
        `it has no time of its own; it stands at ${moment.text}, which is all that is known`,
        draft.line,
      );
    return { at: moment, status, body: bodyOf(draft, status), line: draft.line };
  });
  const all = end ? [...told, { ...end, at: times.at(-1)?.moment ?? course.start }] : told;
  return { updates: all.sort((a, b) => a.at.from - b.at.from), isReopened };
}

/** An incident that was opened again after `resolvedWhen` did not end then. */
function afterReopening(pieces: readonly Piece[], course: Course, note: Note): { isReopened: boolean; course: Course } {
  const { end, ...rest } = course;
  const timed = pieces.map((piece) => ({ piece, at: ownTime(piece, course.zone)?.from ?? Number.NaN }));
  const isBegun = end !== undefined && !course.isMaintenance && timed.some(({ at }) => at <= end.to);
  const reopening = isBegun && timed.find(({ piece, at }) => isOpening(piece.label?.sense) && at > end.to)?.piece;
  if (!reopening) return { isReopened: false, course };
  note(
    `resolvedWhen ${end.text}`,
    "an update opened it again after that; it ends with its last update",
    reopening.label ? reopening.lines[0]?.number : undefined,
  );
  return { isReopened: true, course: rest };
}

function isOpening(sense: Sense | undefined): boolean {
  return sense === "initial" || sense === "investigating" || sense === "identified";
}

function draftOf(piece: Piece, zone: string, note: Note): Draft {
  const { label, lines, track } = piece;
  const whole = tidy(lines.map(({ text }) => text).join("\n"));
  const opening =
    lines[0]?.text.slice((label?.line.length ?? 0) - (label?.rest.length ?? 0)).replace(/^\s*[:.–—-]+(?=\s|$)/, "") ??
    "";
  const behind = [opening, ...lines.slice(1).map(({ text }) => text)];
  const line = lines.find(({ text }) => text.trim() !== "")?.number ?? track?.line ?? 1;
  const fault = track && readMoment(track.written, zone).fault;
  if (track && fault !== undefined) note(`track “${track.written}”`, fault, track.line);
  const own = ownTime(piece, zone);
  return {
    sense: label?.sense,
    label,
    bare: label ? tidy(behind.join("\n")) : whole,
    whole,
    line,
    ...(own ? { own } : {}),
  };
}

/** Without needless blanks around and before it, and with times that stand inside a sentence written out. */
function tidy(text: string): string {
  const lines = text
    .replace(new RegExp(`${TRACK_START}([^${TRACK_END}]*)${TRACK_END}`, "gu"), "$1")
    .replace(/^(?:[ \t]*\n)+/, "")
    .replace(/\\?\s+$/, "")
    .split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const plain = lines
    .map((line) => line.slice(Math.min(...indents)))
    .join("\n")
    .trimStart();
  return /^\s*(?:`{3}|~{3})/m.test(plain)
    ? plain
    : plain.replace(/\n[ \t]*(?:\n[ \t]*)+(?=\n)/g, "\n").replace(/\n[ \t]+\n/g, "\n\n");
}

function statusesOf(drafts: readonly Draft[], course: Course, note: Note): UpdateStatus[] {
  const statuses = drafts.map(({ sense }, index) =>
    (course.isMaintenance ? maintenanceStatus : incidentStatus)(sense, index === 0),
  );
  const done = course.isMaintenance ? "completed" : "resolved";
  const last = statuses.length - 1;
  const draft = drafts[last];
  if (!draft) return statuses;
  if (course.isOver && !isClosed(statuses, done)) {
    const atEnd = drafts.findLastIndex(
      ({ own }, index) => own?.from === course.end?.from && statuses[index] === "update",
    );
    const says = statuses[last] === "update" && saysItIsOver(draft.whole);
    if (atEnd !== -1) statuses[atEnd] = done;
    else if (course.isPost || says) statuses[last] = done;
  }
  if (!course.isOver && statuses[last] === done) {
    statuses[last] = course.isMaintenance ? "verifying" : "monitoring";
    note(nameOf(draft), `the front matter says that it is not resolved; carried as ${statuses[last]}`, draft.line);
  }
  return statuses;
}

function incidentStatus(sense: Sense | undefined, isFirst: boolean): UpdateStatus {
  if (sense === "identified" || sense === "monitoring" || sense === "resolved") return sense;
  if (sense === "verifying") return "monitoring";
  return isFirst || sense === "initial" || sense === "investigating" ? "investigating" : "update";
}

function maintenanceStatus(sense: Sense | undefined, isFirst: boolean): UpdateStatus {
  if (sense === "resolved") return "completed";
  if (sense === "monitoring" || sense === "verifying") return "verifying";
  if (sense === "started") return "in_progress";
  return isFirst || sense === "initial" || sense === "scheduled" ? "scheduled" : "update";
}

/** Whether nothing opened it again after it was done. */
function isClosed(statuses: readonly UpdateStatus[], done: UpdateStatus): boolean {
  return (
    statuses.lastIndexOf(done) >
    statuses.findLastIndex((status) => status === "investigating" || status === "identified")
  );
}

/** The words that end it, where none of the texts does. */
function closing(
  drafts: readonly Draft[],
  statuses: readonly UpdateStatus[],
  course: Course,
  note: Note,
): Omit<Told, "at"> | undefined {
  const status = course.isMaintenance ? "completed" : "resolved";
  if (!course.isOver || isClosed(statuses, status)) return undefined;
  const body = course.isMaintenance ? "Completed." : "Resolved.";
  if (drafts.length > 0) note("resolved: true", `no text of its own says so; an update “${body}” was added`);
  return { status, body };
}

interface Placed {
  readonly moment: Moment;
  readonly isDerived: boolean;
}

/**
 * When each update was. What has no time of its own is the start (the first), the end (what resolves it), or somewhere
 * between its neighbours; nothing is made up.
 */
function timesOf(
  drafts: readonly { readonly own?: Moment }[],
  statuses: readonly UpdateStatus[],
  course: Course,
): Placed[] {
  const done = statuses.findLastIndex((status) => status === "resolved" || status === "completed");
  const known = drafts.map(({ own }, index) => {
    const told = index === done ? course.end : index === 0 ? (course.announced ?? course.start) : undefined;
    // A label that names only the date knows less than the front matter, which has the time of that date.
    const isFiner =
      told?.isInstant === true && own !== undefined && !own.isInstant && own.from <= told.from && told.to <= own.to;
    return isFiner ? told : (own ?? told);
  });
  return known.map((moment, index): Placed => {
    if (moment) return { moment, isDerived: false };
    const before = known.slice(0, index).findLast((earlier) => earlier !== undefined) ?? course.start;
    const after = known.slice(index + 1).find((later) => later !== undefined);
    const isBetween = after !== undefined && after.to >= before.from;
    return { moment: isBetween ? between(before, after) : roughly(before), isDerived: true };
  });
}

/** The text of an update. A label stays unless the status says the very same word. */
function bodyOf({ label, bare, whole }: Draft, status: UpdateStatus): string {
  if (!label) return whole;
  const says = wordsOf(label.text).join("_");
  if (says === status) return bare === "" ? `${label.text.replace(/[:.\s]+$/, "")}.` : bare;
  if (label.form === "emphasis" || label.form === "plain") return mended(whole);
  const title = label.text.includes("**") ? label.text : `**${label.text}**`;
  return bare === "" ? title : `${title}\n\n${bare}`;
}

/** With the label's emphasis as it was meant: not escaped, and closed. */
function mended(text: string): string {
  return text
    .replace(
      /^((?:\\[*_])+)([^\\\n]+)\1/,
      (_, marks: string, label: string) => marks.replaceAll("\\", "") + label + marks.replaceAll("\\", ""),
    )
    .replace(/^(\*{2,3})([^*\n]+)(?=\n|$)/, "$1$2$1");
}

function nameOf({ label, whole }: Draft): string {
  return label ? `the update “${label.text}”` : `the text “${whole.replace(/\s+/g, " ").slice(0, 40)}…”`;
}
