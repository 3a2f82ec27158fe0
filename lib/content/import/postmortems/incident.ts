import type { Impact } from "#lib/model/incident.ts";
import type { CarriedEntry } from "../carried.ts";
import type { Components } from "../components.ts";
import { readBody } from "../cstate/body.ts";
import { UNDATED } from "../cstate/course.ts";
import type { NewEntry } from "../entry-file.ts";
import { Front } from "../front/front.ts";
import { type Fields, linesIn, type Page, readPage } from "../front/front-matter.ts";
import { isBlank, textOf, textsOf } from "../front/value.ts";
import type { Note } from "../imported.ts";
import type { Pictures } from "../pictures.ts";
import type { Remarks } from "../remarks.ts";
import { senseOf } from "../senses.ts";
import { shortened } from "../shortened.ts";
import type { Slugs } from "../slug.ts";
import { readText } from "../text/foreign-text.ts";
import { pageCleaner } from "../text/page.ts";
import { titleFromName, titleOfText } from "../title.ts";
import { withoutMdx } from "./mdx.ts";
import type { Source } from "./sources.ts";
import { readTimes } from "./times.ts";
import { toldUpdates } from "./told-updates.ts";

/** The collection that a postmortem belongs to. */
export interface Home {
  readonly zone: string;
  readonly components: Components;
  readonly pictures: Pictures;
  readonly slugs: Slugs;
  readonly formers: ReadonlySet<string>;
}

const H1 = /^(?:[^\S\n]*\n)*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|$)|^(?:[^\S\n]*\n)*([^\n]+)\n={3,}[ \t]*(?:\n|$)/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TAGS = ["categories", "category", "keywords", "tags"];
const AFFECTED = ["components", "component", "affected", "affectedsystems", "services", "service", "systems"];
const SEVERITY = ["severity", "impact", "priority", "sev"];
const PUBLISHED = ["source_published_at", "published_at", "published", "publish_date", "pubdate"];
/** Kept in the report in any case. */
const ABOUT = new Set(["company", "product"]);
const SILENT = new Set([
  "layout",
  "weight",
  "toc",
  "sidebar",
  "type",
  "section",
  "permalink",
  "slug",
  "url",
  "aliases",
]);

export function readPostmortem(source: Source, home: Home, remarks: Remarks): CarriedEntry {
  const note = remarks.on(source.file.path);
  const read = readPage(readText(source.file, note), noteFront(note));
  const page = source.isMdx ? { ...read, body: withoutMdx(read.body, read.bodyLine, note) } : read;
  const front = new Front(page.fields, note, SILENT);
  const { title, body } = titleAndBody(page, front, source.name, note);
  const times = readTimes(front, [source.name, title], body.body, home.zone, note);
  const published = front.moment(PUBLISHED, home.zone);
  const isUndated = times.started === undefined;
  if (isUndated) note("no time", "nothing says when it was; carried as a draft until it is dated");
  const started = times.started ?? UNDATED;
  const folder = isUndated ? "undated" : started.first.replace("~", "").slice(0, 4);
  const day = isUndated ? "" : `${started.first.replace("~", "").slice(0, 10)}-`;
  const slug = home.slugs.take(UUID.test(source.name) ? day + title : source.name, "incident");
  const clean = pageCleaner(body, {
    note,
    address: source.address,
    formers: home.formers,
    picture: (address) => home.pictures.place(address, source, folder, slug),
  });
  const summary = front.text("summary", "description");
  const tags = tagsOf(front, note);
  const components = componentsOf(front, home.components, note);
  const impact = impactOf(front, note);
  const draft = front.truth("draft") === true;
  const text = readBody(withoutErb(body.body, note), body.bodyLine, note)
    .map((line) => line.text)
    .join("\n");
  const updates = toldUpdates(page.fields, front, { started, ended: times.ended, zone: home.zone }, note);
  // That it is over is what `ended` says.
  if (senseOf(textOf(page.fields.get("status")?.value)) === "resolved") front.text("status");
  const rest = restOf(page.fields, front, times.isFromName ? "the date is that of the file’s name" : undefined, note);
  const lead =
    summary === "" || text.includes(summary)
      ? ""
      : `## Summary\n\n${summary}\n\n${/^\s*#/.test(text) ? "" : "## Report\n\n"}`;
  const report = clean(`${lead}${text}${rest}`, body.bodyLine);
  if (text.trim() === "" && summary === "") note("no text", "there is no report; its title and times were carried");

  const entry: NewEntry = {
    title,
    ...(impact ? { impact } : {}),
    components,
    started: started.text,
    ...(times.detected ? { detected: times.detected.text } : {}),
    ...(times.ended ? { ended: times.ended.text } : {}),
    updates: updates.map((update) => ({ ...update, body: clean(update.body, body.bodyLine) })),
    ...(report.trim() === ""
      ? {}
      : { report: { status: "final" as const, ...(published ? { published: published.text } : {}) } }),
    tags,
    draft: draft || isUndated,
    redirects: redirectsOf(page.fields, source, slug, note),
    body: report,
  };
  const known = [times.started, times.detected, published].filter((moment) => moment !== undefined).length;
  const isTold = times.ended !== undefined && times.ended.text !== `~${started.text.replace("~", "")}`;
  return { path: `${folder}/${slug}.md`, entry, times: known + Number(isTold) };
}

/** That there is no front matter is nothing to remark here: most collections have none. */
function noteFront(note: Note): Note {
  return (what, reason, line) => {
    if (what !== "no front matter") note(what, reason, line);
  };
}

/** The title, and the text without it where it is the first heading. */
function titleAndBody(page: Page, front: Front, name: string, note: Note): { title: string; body: Page } {
  const written = front.text("title", "name");
  const heading = H1.exec(page.body);
  const first = bareTitle((heading?.[1] ?? heading?.[2] ?? "").trim());
  const isTitle = heading !== null && first !== "" && (written === "" || same(written, first));
  const skipped = isTitle ? heading[0] : "";
  const body = { ...page, body: page.body.slice(skipped.length), bodyLine: page.bodyLine + linesIn(skipped) };
  const title = written || first;
  if (title !== "") return { title: titleOfText(title, note), body };
  const about = [...new Set([front.text("company"), front.text("product")])].filter((word) => word !== "").join(": ");
  note("no title", about === "" ? "the file's name gave it" : "company and product gave it");
  if (about !== "") return { title: titleOfText(about, note), body };
  return { title: titleFromName(name, note), body };
}

/**
 * A heading as a title, letter by letter: marks inside it may belong to a name, such as `__init__.py`. Only an emphasis
 * of the whole heading and the escapes of Markdown go.
 */
function bareTitle(heading: string): string {
  const whole = /^(\*{1,3}|_{1,3})(?=\S)(.*\s.*\S)\1$/.exec(heading);
  const inner = whole && !whole[2]?.includes(whole[1] ?? "") ? (whole[2] ?? "") : heading;
  return inner.replace(/\\([!-/:-@[-`{-~])/g, "$1").trim();
}

function same(a: string, b: string): boolean {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  return plain(a) === plain(b);
}

function withoutErb(text: string, note: Note): string {
  return text.replace(/<%[\s\S]*?%>/g, (code) => {
    note(code, "code of the old site's generator; left out");
    return code.replace(/[^\n]/g, "");
  });
}

function tagsOf(front: Front, note: Note): string[] {
  const all = TAGS.flatMap((key) => front.texts(key))
    .flatMap((text) => text.split(/,\s*/))
    .filter((text) => text !== "");
  const tags = [...new Set(all.map((tag) => shortened(tag, 50, note)))];
  if (tags.length > 50) note(`tags ${tags.slice(50).join(", ")}`, "more than 50; left out");
  return tags.slice(0, 50);
}

function componentsOf(front: Front, components: Components, note: Note): string[] {
  const names = AFFECTED.flatMap((key) => front.texts(key));
  return [...new Set(names.flatMap((name) => components.idsOf(name, note, front.line(...AFFECTED))))];
}

const IMPACT_WORDS: readonly (readonly [RegExp, Impact])[] = [
  [/^(?:(?:sev|p|s)[- ]?[01]|critical|blocker|highest)$/i, "critical"],
  [/^(?:(?:sev|p|s)[- ]?2|major|high|outage|disruption|partial[- _]outage)$/i, "major"],
  [/^(?:(?:sev|p|s)[- ]?[345]|minor|medium|moderate|low|degraded|degradation|degraded[- _]performance)$/i, "minor"],
  [/^(?:none|informational|info)$/i, "none"],
];

function impactOf(front: Front, note: Note): Impact | undefined {
  const written = SEVERITY.map((key) => front.text(key)).find((text) => text !== "") ?? "";
  const impact = IMPACT_WORDS.find(([shape]) => shape.test(written.replace(/^severity[- ]?/i, "sev")))?.[1];
  if (written === "")
    note("no severity", "nothing says how bad it was, and “No impact” is shown until “impact” is written");
  else
    note(`severity: ${written}`, impact ? `taken as ${impact}` : "it is no impact; left out", front.line(...SEVERITY));
  return impact;
}

/**
 * What else the front matter says, in the author's words, at the end of the report, behind what readers have to know of
 * its date. What has a structure of its own has no words: it is left out by name.
 */
function restOf(fields: Fields, front: Front, aboutDate: string | undefined, note: Note): string {
  const rest = [...fields].flatMap(([name, { key, value, line }]) => {
    if ((front.isAsked(name) && !ABOUT.has(name)) || (SILENT.has(name) && name !== "url") || isBlank(value)) return [];
    const words = textsOf(value).join(", ");
    if (words === "") {
      note(`${key}`, "it has a structure that nothing in Candor matches; left out", line);
      return [];
    }
    if (name === "url" && !/^https?:/i.test(words)) return [];
    return [`- ${key.replace(/_/g, " ")}: ${/^https?:\/\/\S+$/.test(words) ? `<${words}>` : words}`];
  });
  const all = [...(aboutDate === undefined ? [] : [`- ${aboutDate}; the report gives no time`]), ...rest];
  return all.length === 0 ? "" : `\n\n## About this report\n\n${all.join("\n")}\n`;
}

/** Pages of the new site that a former address cannot take. */
const TAKEN = /^\/(?:_next|api|assets|components|files|history|operator|subscriptions)(?:\/|$)/i;

function redirectsOf(fields: Fields, { address }: Source, slug: string, note: Note): string[] {
  const own = ["permalink", "url"].map((key) => textOf(fields.get(key)?.value)).find((text) => text.startsWith("/"));
  const aliases = textsOf(fields.get("aliases")?.value).filter((alias) => alias.startsWith("/"));
  const all = [own ?? address, ...aliases].map((path) => path.replace(/[\s?#].*$/, ""));
  const isWhole = (path: string) =>
    path.length > 1 && path.length <= 300 && !/%(?:2e|2f|5c|25|00)|\\|\/\/|\/\./i.test(path);
  return [...new Set(all)].filter((path) => {
    if (path.replace(/\/$/, "") === `/incidents/${slug}`) return false;
    if (isWhole(path) && !TAKEN.test(path)) return true;
    note(`the address ${path}`, "the new site needs it itself, or it is no plain path; left out");
    return false;
  });
}
