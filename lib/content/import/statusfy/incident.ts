import { type Course, dateInName, UNDATED } from "../cstate/course.ts";
import { carriedFrom, type Home, type Issue, type ReadIssue, titleOf } from "../cstate/incident.ts";
import { ownTime } from "../cstate/order.ts";
import type { Piece } from "../cstate/split.ts";
import { Front } from "../front/front.ts";
import type { Note } from "../imported.ts";
import { type Moment, readMoment, roughly } from "../moment.ts";
import { splitUpdates } from "./updates.ts";

const SILENT = new Set(["layout"]);

export function readStatusfyIssue(issue: Issue, home: Home): ReadIssue {
  const { page, source, note } = issue;
  const { zone } = home.settings;
  const front = new Front(page.fields, note, SILENT);
  const title = titleOf(front, source.name, note);
  // Its id is in the address that leads here.
  front.text("id");
  const { intro, updates } = splitUpdates(page, note);
  const course = readCourse(front, source.name, updates, zone, note);
  const described = front.text("description");
  const isSaid = intro.some(({ text }) => text.includes(described));
  const opening =
    described === "" || isSaid ? intro : [lineOf(described, page.bodyLine), lineOf("", page.bodyLine), ...intro];
  const first: Piece = {
    lines: opening,
    track: { written: (course.announced ?? course.start).text, line: page.bodyLine },
  };
  const hasIntro = opening.some(({ text }) => text.trim() !== "");
  const pieces = [...(hasIntro ? [first] : []), ...updates];
  const read = carriedFrom({ front, title, course, pieces, report: [] }, issue, home);
  return { ...read, times: read.times - Number(hasIntro) };
}

function lineOf(text: string, number: number) {
  return { text, number, isCode: false };
}

function readCourse(front: Front, name: string, updates: readonly Piece[], zone: string, note: Note): Course {
  const start = front.moment(["date"], zone) ?? startWithoutDate(name, updates, zone, note);
  const modified = front.moment(["modified"], zone);
  const resolved = front.truth("resolved");
  const line = front.line("resolved");
  const course = { isOver: resolved === true, isPost: false, start, zone, ...(line === undefined ? {} : { line }) };
  const times = updates.map((piece) => ownTime(piece, zone)).filter((moment) => moment !== undefined);
  const closing = updates.find(({ label }) => label?.sense === "resolved");
  const closed = closing && ownTime(closing, zone);
  // Nobody wrote when it ended; the page was last touched then or later.
  const touched = modified && modified.to >= start.from ? modified : undefined;
  if (touched && !times.some(({ from }) => from === touched.from) && !(resolved === true && !closed))
    note(`modified: ${touched.text}`, "when the file was last changed; left out", front.line("modified"));
  const end = resolved === true && !closed && touched ? roughly(touched) : undefined;
  if (end)
    note(
      "resolved: true",
      `no update says when; it was last changed at ${end.text.slice(1)}, taken as roughly the end`,
      line,
    );

  const scheduled = windowOf(front, { zone, note });
  if (scheduled) {
    const announced = start.to < scheduled.from.from ? { announced: start } : {};
    return { ...course, isMaintenance: true, start: scheduled.from, end: scheduled.to, ...announced };
  }
  const over = closed ?? (resolved === true ? touched : undefined);
  if (/^under[-_ ]?maintenance$/i.test(front.text("severity")) && start.isInstant && over && over.from > start.from) {
    note(
      "severity: under-maintenance",
      `taken as a maintenance from ${start.text} to ${over.text}`,
      front.line("severity"),
    );
    return { ...course, isMaintenance: true, end: { ...over, isInstant: true } };
  }
  return { ...course, isMaintenance: false, ...(end ? { end } : {}) };
}

function startWithoutDate(name: string, updates: readonly Piece[], zone: string, note: Note): Moment {
  const own = updates.flatMap((piece) => ownTime(piece, zone) ?? []).sort((a, b) => a.from - b.from)[0];
  const start = dateInName(name, zone) ?? own;
  note(
    "no date",
    start ? `${start.text} was taken, from the file's name or an update` : "carried as a draft until it is dated",
  );
  return start ?? UNDATED;
}

/** `scheduled`, and `duration` in minutes. */
function windowOf(front: Front, { zone, note }: { readonly zone: string; readonly note: Note }) {
  const from = front.moment(["scheduled"], zone);
  const written = front.text("duration");
  if (!from) return undefined;
  const minutes = Math.ceil(Number(written.replace(/\s*(?:m|min|minutes?)$/i, "")));
  if (!from.isInstant || !(minutes > 0 && minutes < 1_000_000)) {
    note(
      `scheduled: ${from.text}`,
      `no duration in minutes makes it a window (“${written}”); left out`,
      front.line("scheduled"),
    );
    return undefined;
  }
  const to = readMoment(new Date(from.from + minutes * 60_000).toISOString().replace(/\.000Z$/, "Z"), zone).moment;
  return to && { from, to };
}
