import type { Note } from "../imported.ts";
import type { Front } from "./front.ts";
import { between, dayOf, type Moment } from "./moment.ts";
import { ownTime } from "./order.ts";
import { plannedIn, plannedInText } from "./planned.ts";
import type { Piece } from "./split.ts";
import type { Course } from "./timeline.ts";

/** Where nothing at all is known: the entry is a draft until somebody dates it. */
const UNDATED: Moment = { ...dayOf("1970-01-01", "UTC"), text: "~1970-01-01" };

const RESOLVED_WHEN = ["resolvedwhen", "resolved_when", "resolvedon", "resolved_on"];

/** The date a file's name begins with. */
export function dateInName(name: string, zone: string): Moment | undefined {
  const on = /^(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(name)?.[0];
  return on !== undefined && new Date(Date.parse(on) || 0).toISOString().startsWith(on) ? dayOf(on, zone) : undefined;
}

export function isUndated({ start }: Course): boolean {
  return start === UNDATED;
}

/** Decides from front matter, title and text when an incident was, whether it is over, and whether it was planned. */
export function readCourse(
  front: Front,
  { title, name, pieces, zone }: { title: string; name: string; pieces: readonly Piece[]; zone: string },
  note: Note,
): Course {
  const named = dateInName(name, zone);
  const written = front.moment(RESOLVED_WHEN, zone);
  const start = front.moment(["date"], zone) ?? startWithoutDate({ named, written, pieces, zone }, front, note);
  const isInformational = front.truth("informational") === true;
  const resolved = front.truth("resolved");
  const isOver = resolved ?? (isInformational || written !== undefined);
  if (resolved === undefined && !isInformational) {
    note("no “resolved”", written ? "there is a “resolvedWhen”; carried as resolved" : "carried as still open", front.line("date"));
  }

  const planned = plannedIn(title) ?? (isInformational ? pieces.map(textOf).map(plannedInText).find((word) => word !== undefined) : undefined);
  const isDiagnosed = pieces.some(({ label }) => label?.sense === "investigating" || label?.sense === "identified");
  const window = windowOf(start, written);
  if (planned !== undefined && window && !isDiagnosed) {
    note(`“${planned}”`, "taken as maintenance: it says so, and date and resolvedWhen give its window; its components are under maintenance in it", front.line("title"));
    const announced = named && named.to < start.from ? between(named, start) : undefined;
    return { isMaintenance: true, isOver, isPost: false, start, end: window, zone, ...(announced ? { announced } : {}) };
  }

  const isPost = isInformational && resolved === undefined;
  if (isInformational) {
    note("informational: true", `carried as an incident without impact${isPost ? " that was over at once" : ""}`, front.line("informational"));
  }
  const end = isPost ? start : endOf(start, written, isOver, front, note);
  return { isMaintenance: false, isOver, isPost, start, zone, ...(end ? { end } : {}) };
}

function startWithoutDate(
  { named, written, pieces, zone }: { named: Moment | undefined; written: Moment | undefined; pieces: readonly Piece[]; zone: string },
  front: Front,
  note: Note,
): Moment {
  const own = pieces.flatMap((piece) => ownTime(piece, zone) ?? []).sort((a, b) => a.from - b.from)[0];
  const [start, from] = named ? [named, "the file's name"] : own ? [own, "the first update"] : written ? [written, "resolvedWhen"] : [UNDATED, ""];
  const reason = start === UNDATED ? "it is dated nowhere; carried as a draft: give it a “started” and remove “draft”" : `${from} gave it: ${start.text}`;
  note("no date", reason, front.line("date"));
  return start;
}

function windowOf(start: Moment, end: Moment | undefined): Moment | undefined {
  return end?.isInstant && start.isInstant && start.from < end.from ? end : undefined;
}

/** The end as written, if it can be one. */
function endOf(start: Moment, written: Moment | undefined, isOver: boolean, front: Front, note: Note): Moment | undefined {
  const line = front.line(...RESOLVED_WHEN);
  if (!isOver) {
    if (written) note(`resolvedWhen: ${front.text(...RESOLVED_WHEN)}`, "it is not resolved, so this is no end; left out", line);
    return undefined;
  }
  if (!written) {
    note("resolved: true", "there is no readable “resolvedWhen”, so it is not known when it ended", line ?? front.line("resolved"));
    return undefined;
  }
  if (written.to < start.from) {
    note(`resolvedWhen: ${front.text(...RESOLVED_WHEN)}`, `it lies before the date (${start.text}); left out, so it is not known when it ended`, line);
    return undefined;
  }
  return written;
}

function textOf(piece: Piece | undefined): string {
  return piece?.lines.map(({ text }) => text).join(" ") ?? "";
}
