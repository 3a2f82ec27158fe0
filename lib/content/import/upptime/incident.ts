import type { Effect, UpdateStatus } from "#lib/model/incident.ts";
import type { CarriedEntry } from "../carried.ts";
import type { Components } from "../components.ts";
import { UNDATED } from "../cstate/course.ts";
import type { NewEntry, NewUpdate } from "../entry-file.ts";
import { type Moment, readMoment, roughly } from "../moment.ts";
import { senseOf } from "../senses.ts";
import type { Slugs } from "../slug.ts";
import { cleanMarkdown } from "../text/markdown.ts";
import { linesToMarkdown } from "../text/plain-lines.ts";
import { titleOfText } from "../title.ts";
import type { Site } from "./config.ts";
import type { UpptimeIssue } from "./issues.ts";

/** The site that an issue belongs to. */
export interface Home {
  readonly components: Components;
  readonly sites: readonly Site[];
  readonly slugs: Slugs;
  readonly url: string | undefined;
}

const COMMENT = /<!--([\s\S]*?)-->/;

export function readUpptimeIssue(issue: UpptimeIssue, home: Home): CarriedEntry {
  const { note, number } = issue;
  const say = (what: string, reason: string) => note(`#${number}: ${what}`, reason);
  const created = momentOf(issue.created, say) ?? UNDATED;
  if (created === UNDATED) say("no time", "nothing says when it was; carried as a draft until it is dated");
  const closed = momentOf(issue.closed, say);
  const plan = readPlan(issue, say);
  const title = issue.title.replace(/^(?:\s|\p{Extended_Pictographic}|\u{fe0f})+/u, "").trim() || issue.title;
  const start = plan?.window?.start ?? created;
  const isDraft = created === UNDATED;
  const slug = home.slugs.take(`${isDraft ? "" : `${start.first.slice(0, 10)}-`}${title}`, "incident");
  const text = (body: string) => markdownOf(body.replace(COMMENT, ""), home, say);
  const isMaintenance = plan?.window !== undefined;
  const updates = updatesOf(issue, { created, closed, window: plan?.window, text, say });
  const ended =
    closed && !isMaintenance && updates.at(-1)?.status === "resolved" && updates.at(-1)?.at !== closed.text
      ? closed.text
      : undefined;
  const entry: NewEntry = {
    title: titleOfText(title, note),
    ...(isMaintenance ? {} : impactWithout(issue, home)),
    components: isMaintenance ? plan.down.flatMap((name) => idsOf(name, home, issue)) : effectsOf(issue, home),
    ...(plan?.window ? { scheduled: { start: plan.window.start.text, end: plan.window.end.text } } : {}),
    ...(ended === undefined ? {} : { ended }),
    updates,
    tags: [],
    draft: isDraft,
    redirects: [`/incident/${number}`],
    body: "",
  };
  const times = updates.length + Number(ended !== undefined) + (isMaintenance ? 2 : 0);
  return { path: `${isDraft ? "undated" : start.first.slice(0, 4)}/${slug}.md`, entry, times };
}

type Say = (what: string, reason: string) => void;

function momentOf(written: string, say: Say): Moment | undefined {
  if (written === "") return undefined;
  const { moment, fault } = readMoment(written, "UTC");
  if (fault !== undefined) say(written, fault);
  return moment;
}

interface Window {
  readonly start: Moment;
  readonly end: Moment;
}

interface Plan {
  readonly window?: Window;
  readonly down: readonly string[];
}

/** Lines such as `start: 2024-05-01T10:00Z`, `**End:** …`, `- expectedDown: api`. */
const PLAN_LINE =
  /^\s*(?:[-*+]\s+)?[*_]{0,2}(?<key>start|end|expectedDown|expectedDegraded)[*_]{0,2}\s*:[*_]{0,2}\s*(?<value>.*?)\s*$/i;

/**
 * `start`, `end`, `expectedDown` and `expectedDegraded` of a maintenance: in the comment that opens it, or, where somebody
 * left the comment's marks out, on lines of its own.
 */
function readPlan(issue: UpptimeIssue, say: Say): Plan | undefined {
  if (!issue.labels.some((label) => /^maintenance$/i.test(label))) return undefined;
  const lines = (COMMENT.exec(issue.body)?.[1] ?? issue.body).split("\n").map((line) => PLAN_LINE.exec(line)?.groups);
  const values = new Map(
    lines.flatMap((line) => (line ? [[(line["key"] ?? "").toLowerCase(), line["value"] ?? ""]] : [])),
  );
  const start = momentOf(values.get("start") ?? "", say);
  const end = momentOf(values.get("end") ?? "", say);
  const named = `${values.get("expecteddown") ?? ""},${values.get("expecteddegraded") ?? ""}`;
  const down = named
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (start?.isInstant && end?.isInstant && end.from > start.from) return { window: { start, end }, down };
  say("a maintenance without a window", "start and end are not both there; carried as an incident");
  return { down };
}

function idsOf(name: string, { components, sites }: Home, { note }: UpptimeIssue): string[] {
  const site = sites.find((each) => each.slug === name || each.name === name);
  return components.idsOf(site?.name ?? name, note, undefined);
}

/** The site an issue is about: by its label, or by its title. */
function siteOf(issue: UpptimeIssue, { sites }: Home): string | undefined {
  const labelled = sites.find(({ slug, name }) => issue.labels.some((label) => label === slug || label === name));
  const told =
    /^(?:\s|\p{Extended_Pictographic}|\u{fe0f})*(.+?) (?:is down|has degraded performance|is (?:back )?up)\b/u.exec(
      issue.title,
    )?.[1];
  return labelled?.name ?? told;
}

function effectsOf(issue: UpptimeIssue, home: Home): NewEntry["components"] {
  const name = siteOf(issue, home);
  if (name === undefined) return [];
  const effect: Effect = /degraded/i.test(issue.title) ? "degraded_performance" : "major_outage";
  return Object.fromEntries(idsOf(name, home, issue).map((id) => [id, effect]));
}

/** Where no site is known, the issue tells no impact either. */
function impactWithout(issue: UpptimeIssue, home: Home): Pick<NewEntry, "impact"> {
  if (siteOf(issue, home) !== undefined) return {};
  issue.note(`#${issue.number}: no site`, "neither a label nor the title names one; carried with impact none");
  return { impact: "none" };
}

interface Told {
  readonly created: Moment;
  readonly closed: Moment | undefined;
  /** Of a maintenance. */
  readonly window: Window | undefined;
  readonly text: (body: string) => string;
  readonly say: Say;
}

function updatesOf(issue: UpptimeIssue, { created, closed, window, text, say }: Told): NewUpdate[] {
  const isMaintenance = window !== undefined;
  const done = isMaintenance ? "completed" : "resolved";
  const first = { at: created, status: isMaintenance ? "scheduled" : "investigating", body: text(issue.body) } as const;
  const comments = issue.comments.map(({ at, body }) => {
    const moment = momentOf(at, say);
    if (!moment) say("a comment without a time", "it stands at the issue's own time");
    return { at: moment ?? roughly(created), status: statusOf(body, isMaintenance), body: text(body) };
  });
  const isOpen = closed === undefined;
  const told = [first, ...comments]
    .sort((a, b) => a.at.from - b.at.from)
    .map((each) => {
      // Work that has not begun cannot be completed.
      const isAhead = each.status === done && window !== undefined && each.at.to < window.start.from;
      if (isAhead) say("a comment that says it is completed", "it lies before the window; carried as an update");
      return isAhead ? { ...each, status: "update" as const } : each;
    });
  const last = told.findLastIndex(({ status }) => status === done);
  if (!isOpen && last === -1) {
    const isEarly = window !== undefined && closed.to < window.start.from;
    const when = isEarly
      ? "the issue was closed before the window began; it was completed at the window's end"
      : "no comment tells it; an update was added where the issue was closed";
    say("the end", when);
    told.push({ at: isEarly ? window.end : closed, status: done, body: isMaintenance ? "Completed." : "Resolved." });
  }
  return told.map(({ at, status, body }): NewUpdate => {
    const isEarly = isOpen && status === done;
    if (isEarly) say("a comment that says it is over", "the issue is open; carried as an update");
    const words = body === "" ? `${status.charAt(0).toUpperCase()}${status.slice(1)}.` : body;
    return { at: at.text, status: isEarly ? "update" : status, body: words };
  });
}

/** What the words that open a comment say: “**Resolved:** …”. */
function statusOf(body: string, isMaintenance: boolean): UpdateStatus {
  const label =
    /^\s*[*_]{1,2}([^*_\n]{3,40}?):?[*_]{1,2}/.exec(body)?.[1] ?? /^\s*([A-Za-z ]{3,30}):/.exec(body)?.[1] ?? "";
  switch (senseOf(label)) {
    case "resolved":
      return isMaintenance ? "completed" : "resolved";
    case "monitoring":
    case "verifying":
      return isMaintenance ? "verifying" : "monitoring";
    case "identified":
      return isMaintenance ? "update" : "identified";
    case "started":
      return isMaintenance ? "in_progress" : "update";
    default:
      return "update";
  }
}

/** GitHub shows line breaks in issues as they are. */
function markdownOf(body: string, { url }: Home, say: Say): string {
  return cleanMarkdown(linesToMarkdown(body), {
    address: url === undefined ? undefined : `${url}/`,
    isFormer: (path) => /^\/incident\/\d+\/?$/.test(path),
    picture: () => undefined,
    note: (what, reason) => say(what, reason),
  });
}
