import type { CarriedEntry } from "../carried.ts";
import type { Components } from "../components.ts";
import type { NewEntry } from "../entry-file.ts";
import { Front } from "../front/front.ts";
import type { Page } from "../front/front-matter.ts";
import type { Note } from "../imported.ts";
import { readMoment } from "../moment.ts";
import type { Pictures } from "../pictures.ts";
import { pageCleaner } from "../text/page.ts";
import { titleFromName, titleOfText } from "../title.ts";
import { type Line, readBody } from "./body.ts";
import { type Course, dateInName, isUndated, readCourse } from "./course.ts";
import { effectsOf } from "./effects.ts";
import type { Source } from "./layout.ts";
import { ownTime } from "./order.ts";
import type { Settings } from "./settings.ts";
import { type Pieces, split } from "./split.ts";
import { type Timeline, type ToldUpdate, tellTimeline } from "./timeline.ts";

/** The site that an incident belongs to. */
export interface Home {
  readonly settings: Pick<Settings, "zone" | "url">;
  readonly components: Components;
  readonly pictures: Pictures;
  /** Former addresses of all incidents. */
  readonly formers: ReadonlySet<string>;
}

/** A page that holds an incident. */
export interface Issue {
  readonly page: Page;
  readonly source: Source;
  readonly slug: string;
  readonly formers: readonly string[];
  readonly note: Note;
}

export interface ReadIssue extends CarriedEntry {
  /** Begun and not resolved. */
  readonly isOpen: boolean;
  /** The last that is known of it, in milliseconds since the epoch. */
  readonly lastAt: number;
}

export function readIssue(issue: Issue, home: Home): ReadIssue {
  const { page, source, note } = issue;
  const { zone } = home.settings;
  const front = new Front(page.fields, note);
  const title = titleOf(front, source.name, note);
  const start = readMoment(front.text("date"), zone).moment ?? dateInName(source.name, zone);
  const pieces = split(readBody(page.body, page.bodyLine, note), { start, zone });
  const course = readCourse({ front, title, name: source.name, pieces: pieces.pieces, zone }, note);
  return carriedFrom({ front, title, course, ...pieces }, issue, home);
}

/** A page taken apart and understood. */
export interface Told extends Pieces {
  readonly front: Front;
  readonly title: string;
  readonly course: Course;
}

/** The entry that a page becomes. */
export function carriedFrom({ front, title, course, pieces, report }: Told, issue: Issue, home: Home): ReadIssue {
  const { page, source, slug, formers, note } = issue;
  const { zone } = home.settings;
  const folder = isUndated(course) ? "undated" : course.start.first.slice(0, 4);
  const clean = pageCleaner(page, {
    note,
    ...(home.settings.url === undefined ? {} : { url: home.settings.url }),
    address: source.address,
    formers: home.formers,
    picture: (address) => home.pictures.place(address, source, folder, slug),
  });
  const timeline = tellTimeline(pieces, course, note);
  const text = clean(reportText(report), report[0]?.number ?? page.bodyLine);
  if (pieces.length + report.length === 0)
    note("no text", "the least that a timeline needs was written", page.bodyLine);
  if (front.truth("pin")) note("pin: true", "nothing is pinned: what is open stands first", front.line("pin"));

  const entry: NewEntry = {
    title,
    ...effectsOf(front, course, home.components, note),
    ...timesOf(course, timeline.isReopened),
    updates: updatesOf(timeline, course, (body, line) => clean(body, line ?? page.bodyLine)),
    ...(text === "" ? {} : { report: { status: "final" as const } }),
    tags: source.language === undefined ? [] : [source.language],
    draft: isDraft(front, source, note) || isUndated(course),
    redirects: formers,
    body: text,
  };
  front.noteTheRest();
  const own = pieces.flatMap((piece) => ownTime(piece, zone) ?? []);
  return {
    path: `${folder}/${slug}.md`,
    entry,
    isOpen: !course.isOver && !course.isMaintenance && !isUndated(course),
    lastAt: Math.max(course.start.from, course.end?.from ?? 0, ...own.map(({ from }) => from)),
    times: Number(!isUndated(course)) + Number(course.end !== undefined) + own.length,
  };
}

export function titleOf(front: Front, name: string, note: Note): string {
  const written = front.text("title", "linktitle");
  if (written !== "") return titleOfText(written, note);
  note("no title", "the file's name gave it", front.line("title"));
  return titleFromName(name, note);
}

/** The updates with their texts; one that is left without a text says its status. */
function updatesOf(
  { updates }: Timeline,
  { start, isMaintenance }: Course,
  clean: (body: string, line: number | undefined) => string,
): NewEntry["updates"] {
  const first = { at: start, status: isMaintenance ? "scheduled" : "investigating", body: "" } as const;
  const told: readonly ToldUpdate[] = updates.length > 0 ? updates : [first];
  return told.map(({ at, status, body, line }) => {
    const text = clean(body, line).trim();
    return {
      at: at.text,
      status,
      body: text === "" ? `${status.charAt(0).toUpperCase()}${status.slice(1).replace("_", " ")}.` : text,
    };
  });
}

function timesOf(
  { isMaintenance, isPost, start, end }: Course,
  isReopened: boolean,
): Pick<NewEntry, "scheduled" | "started" | "ended"> {
  if (isMaintenance && end) return { scheduled: { start: start.text, end: end.text } };
  return { started: start.text, ...(end && !isPost && !isReopened ? { ended: end.text } : {}) };
}

/** Drafts stay drafts, and what the old site did not show is not published by moving in. */
function isDraft(front: Front, source: Source, note: Note): boolean {
  if (!source.isPage) {
    note("the file's name", "Hugo makes no page of it, so readers never saw it; carried as a draft");
    return true;
  }
  if (front.truth("draft") === true) return true;
  return front.truth("published") === false;
}

/** The postmortem; the label it began with becomes its heading. */
function reportText(lines: readonly Line[]): string {
  const text = lines
    .map((line) => line.text)
    .join("\n")
    .trim();
  return text
    .replace(/^(?:[*_]{1,3}|\[)([^*_\]\n]{3,60})(?:[*_]{1,3}|\])\s*(?:[:–—-]+(?=\s)|:)?[ \t]*\n?/, "## $1\n\n")
    .replace(/^(## .*?):\n/, "$1\n");
}
