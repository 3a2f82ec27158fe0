import type { UpdateStatus } from "#lib/model/incident.ts";
import type { Note } from "../imported.ts";
import { between, type Moment, roughly } from "../moment.ts";
import type { Sense } from "../senses.ts";
import type { Course } from "./course.ts";
import { bodyOf, draftOf, nameOf } from "./draft.ts";
import { oldestFirst, ownTime } from "./order.ts";
import type { Piece } from "./split.ts";
import { closingOf, statusesOf } from "./statuses.ts";

/** One update as it goes into the file. */
export interface ToldUpdate {
  readonly at: Moment;
  readonly status: UpdateStatus;
  readonly body: string;
  /** Line in the old file; absent for one that was added. */
  readonly line?: number;
}

export interface Timeline {
  /** Oldest first. */
  readonly updates: readonly ToldUpdate[];
  /** It was opened again after the end that the front matter gives. */
  readonly isReopened: boolean;
}

/** Tells a page's pieces as a timeline. A text that is not a status is kept whole as an update. */
export function tellTimeline(pieces: readonly Piece[], written: Course, note: Note): Timeline {
  const { isReopened, course } = afterReopening(pieces, written, note);
  const drafts = oldestFirst(pieces, course.zone)
    .map((piece) => draftOf(piece, course.zone, note))
    .filter(({ whole }) => whole !== "");
  const statuses = statusesOf(drafts, course, note);
  const closing = closingOf(drafts, statuses, course, note);
  const times = placesOf(
    [...drafts, ...(closing ? [{}] : [])],
    [...statuses, ...(closing ? [closing.status] : [])],
    course,
  );

  const updates = drafts.map((draft, index): ToldUpdate => {
    const status = statuses[index] ?? "update";
    const { moment, isDerived } = times[index] ?? { moment: course.start, isDerived: false };
    if (isDerived) {
      note(
        nameOf(draft),
        `it has no time of its own; it stands at ${moment.text}, which is all that is known`,
        draft.line,
      );
    }
    if (!course.isMaintenance && moment.to < course.start.from) {
      note(nameOf(draft), `its time is before the date (${course.start.text}); both were kept`, draft.line);
    }
    return { at: moment, status, body: bodyOf(draft, status), line: draft.line };
  });
  const all = closing ? [...updates, { ...closing, at: times.at(-1)?.moment ?? course.start }] : updates;
  const ordered = all.sort((a, b) => a.at.from - b.at.from);
  return { updates: isReopened ? ordered : closedFor(ordered, course, note), isReopened };
}

/** What is over stays over: a text that was dated after its end says no more what the state is. */
function closedFor(updates: readonly ToldUpdate[], course: Course, note: Note): ToldUpdate[] {
  const done = course.isMaintenance ? "completed" : "resolved";
  const end = updates.findLastIndex(({ status }) => status === done);
  if (!course.isOver || end === -1) return [...updates];
  return updates.map((update, index) => {
    if (index < end || update.status === done || update.status === "update") return update;
    note(`the update of ${update.at.text}`, "it is dated after the end; carried as an update", update.line);
    return { ...update, status: "update" };
  });
}

/** An incident that was opened again after `resolvedWhen` did not end then. */
function afterReopening(pieces: readonly Piece[], course: Course, note: Note): { isReopened: boolean; course: Course } {
  const { end, ...rest } = course;
  const timed = pieces.map((piece) => ({ piece, at: ownTime(piece, course.zone)?.from ?? Number.NaN }));
  const isBegun = end !== undefined && !course.isMaintenance && timed.some(({ at }) => at <= end.to);
  const reopening = isBegun && timed.find(({ piece, at }) => isOpening(piece.label?.sense) && at > end.to)?.piece;
  if (!reopening) return { isReopened: false, course };
  const line = reopening.lines[0]?.number;
  note(`resolvedWhen: ${end.text}`, "an update opened it again after that; it ends with its last update", line);
  return { isReopened: true, course: rest };
}

function isOpening(sense: Sense | undefined): boolean {
  return sense === "initial" || sense === "investigating" || sense === "identified";
}

interface Placed {
  readonly moment: Moment;
  readonly isDerived: boolean;
}

/**
 * When each update was. What has no time of its own is the start (the first), the end (what resolves it), or somewhere
 * between its neighbours; nothing is made up.
 */
function placesOf(
  drafts: readonly { readonly own?: Moment }[],
  statuses: readonly UpdateStatus[],
  course: Course,
): Placed[] {
  const done = statuses.findLastIndex((status) => status === "resolved" || status === "completed");
  const known = drafts.map(({ own }, index) => {
    const told = index === done ? course.end : index === 0 ? beginningOf(drafts, course) : undefined;
    return told && own && isFiner(told, own) ? told : (own ?? told);
  });
  const placed: Placed[] = [];
  for (const [index, moment] of known.entries()) {
    const before = placed.at(-1)?.moment ?? course.start;
    const after = known.slice(index + 1).find((later) => later !== undefined);
    if (moment) {
      placed.push(
        index === 0
          ? { moment, isDerived: course.isMaintenance && moment.text.startsWith("~") }
          : { moment: notBefore(before, moment, after), isDerived: false },
      );
    } else {
      const isBetween = after !== undefined && after.to >= before.from;
      placed.push({ moment: isBetween ? between(before, after) : roughly(before), isDerived: true });
    }
  }
  return placed;
}

/** When the first text was written: the start, unless something that followed on it is dated before. */
function beginningOf(drafts: readonly { readonly own?: Moment }[], course: Course): Moment {
  const start = course.announced ?? course.start;
  const earliest = drafts.flatMap(({ own }) => own ?? []).sort((a, b) => a.from - b.from)[0];
  return course.isMaintenance && earliest && earliest.to < start.from ? roughly(earliest) : start;
}

/** A date on which something else is known to have come before: only the rest of that date is meant. */
function notBefore(before: Moment, date: Moment, after: Moment | undefined): Moment {
  if (date.isInstant || date.from >= before.from || date.to < before.from) return date;
  return between(before, after && after.from >= before.from && after.to <= date.to ? after : date);
}

/** A label that names only the date knows less than the front matter that has the time of that date. */
function isFiner(told: Moment, own: Moment): boolean {
  return told.isInstant && !own.isInstant && own.from <= told.from && told.to <= own.to;
}
