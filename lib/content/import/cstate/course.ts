import type { Front } from "../front/front.ts";
import type { Note } from "../imported.ts";
import { between, dayOf, type Moment } from "../moment.ts";
import { ownTime } from "./order.ts";
import { plannedIn, plannedInText } from "./planned.ts";
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
  /** The line that says whether it is over. */
  readonly line?: number;
}

/** A page as far as its course depends on it. */
export interface Tale {
  readonly front: Front;
  readonly title: string;
  /** The file's name, which often begins with a date. */
  readonly name: string;
  readonly pieces: readonly Piece[];
  readonly zone: string;
}

/** Where nothing at all is known: the entry is a draft until somebody dates it. */
export const UNDATED: Moment = { ...dayOf("1970-01-01", "UTC"), text: "~1970-01-01" };

const RESOLVED_WHEN = ["resolvedwhen", "resolved_when", "resolvedon", "resolved_on"];

/** Decides from front matter, title and text when an incident was, whether it is over, and whether it was planned. */
export function readCourse(tale: Tale, note: Note): Course {
  const { front, zone } = tale;
  const end = front.moment(RESOLVED_WHEN, zone);
  const start = front.moment(["date"], zone) ?? startWithoutDate(tale, end, note);
  const isInformational = front.truth("informational") === true;
  const resolved = front.truth("resolved");
  const isOver = resolved ?? true;
  const line = front.line("resolved");
  const course = { isOver, start, zone, ...(line === undefined ? {} : { line }) };
  if (resolved === undefined && !isInformational) {
    note("no “resolved”", "cState shows such a page as nothing that goes on; carried as resolved", front.line("date"));
  }

  const maintenance = asMaintenance(tale, course, end, isInformational, note);
  if (maintenance) return maintenance;

  const isPost = isInformational && resolved === undefined && end === undefined;
  if (isInformational) {
    const taken = `carried as an incident without impact${isPost ? " that was over at once" : ""}`;
    note("informational: true", taken, front.line("informational"));
  }
  const ended = isPost ? start : checkedEnd(course, end, front, note);
  return { ...course, isMaintenance: false, isPost, ...(ended ? { end: ended } : {}) };
}

/** The date a file's name begins with. */
export function dateInName(name: string, zone: string): Moment | undefined {
  const on = /^(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(name)?.[0];
  return on !== undefined && new Date(Date.parse(on) || 0).toISOString().startsWith(on) ? dayOf(on, zone) : undefined;
}

export function isUndated({ start }: Course): boolean {
  return start === UNDATED;
}

function startWithoutDate({ front, name, pieces, zone }: Tale, end: Moment | undefined, note: Note): Moment {
  const named = dateInName(name, zone);
  const own = pieces.flatMap((piece) => ownTime(piece, zone) ?? []).sort((a, b) => a.from - b.from)[0];
  const start = named ?? own ?? end ?? UNDATED;
  const source = named ? "the file's name" : own ? "the first update" : "resolvedWhen";
  const reason =
    start === UNDATED
      ? "it is dated nowhere; carried as a draft: give it a “started” and remove “draft”"
      : `${source} gave it: ${start.text}`;
  note("no date", reason, front.line("date"));
  return start;
}

/** The page as maintenance, when it says that it is about planned work and its times make a window. */
function asMaintenance(
  { front, title, name, pieces }: Tale,
  course: Pick<Course, "isOver" | "start" | "line" | "zone">,
  end: Moment | undefined,
  isInformational: boolean,
  note: Note,
): Course | undefined {
  const words = [plannedIn(title), ...(isInformational ? pieces.map((piece) => plannedInText(textOf(piece))) : [])];
  const planned = words.find((word) => word !== undefined);
  const isDiagnosed = pieces.some(({ label }) => label?.sense === "investigating" || label?.sense === "identified");
  const { start, zone } = course;
  const isWindow = end?.isInstant === true && start.isInstant && start.from < end.from;
  if (planned === undefined || isDiagnosed || !isWindow) return undefined;
  const reason = "it says so, and date and resolvedWhen give its window; its components are under maintenance in it";
  note(`“${planned}”`, `taken as maintenance: ${reason}`, front.line("title"));
  const named = dateInName(name, zone);
  const announced = named && named.to < start.from ? between(named, start) : undefined;
  // Without “resolved” the window alone says when it is over.
  const isOver = front.truth("resolved") === true;
  return { ...course, isOver, isMaintenance: true, isPost: false, end, ...(announced ? { announced } : {}) };
}

/** The end as written, if it can be one. */
function checkedEnd(
  { isOver, start }: Pick<Course, "isOver" | "start">,
  end: Moment | undefined,
  front: Front,
  note: Note,
): Moment | undefined {
  const what = `resolvedWhen: ${front.text(...RESOLVED_WHEN)}`;
  const line = front.line(...RESOLVED_WHEN);
  if (!isOver) {
    if (end) note(what, "it is not resolved, so this is no end; left out", line);
    return undefined;
  }
  if (!end) {
    // Without “resolved” nobody said that it ended, and a remark says so already.
    if (line === undefined && front.line("resolved") === undefined) return undefined;
    const reason = "there is no readable “resolvedWhen”; it ends with the update that resolves it";
    note("resolved: true", reason, line ?? front.line("resolved"));
    return undefined;
  }
  if (end.to >= start.from) return end;
  note(what, `it lies before the date (${start.text}); left out, so it is not known when it ended`, line);
  return undefined;
}

function textOf(piece: Piece): string {
  return piece.lines.map(({ text }) => text).join(" ");
}
