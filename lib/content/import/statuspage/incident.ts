import { IMPACTS, INCIDENT_STATUSES, MAINTENANCE_STATUSES, type UpdateStatus } from "#lib/model/incident.ts";
import type { CarriedEntry } from "../carried.ts";
import type { NewEntry, NewUpdate } from "../entry-file.ts";
import { isBlank, type Mapping, mappingsOf, textOf } from "../front/value.ts";
import type { Note } from "../imported.ts";
import { dayOf, type Moment, readMoment, roughly } from "../moment.ts";
import type { Slugs } from "../slug.ts";
import { titleOfText } from "../title.ts";
import type { IncidentAnswer } from "./answers.ts";
import type { PageComponents } from "./components.ts";
import { readEffects } from "./effects.ts";
import { noteRecord } from "./record.ts";

/** The page that an incident belongs to. */
export interface Home {
  readonly zone: string;
  readonly components: PageComponents;
  readonly slugs: Slugs;
  /** A body of an incident as Markdown of Candor's. */
  readonly textOf: (body: string, answer: IncidentAnswer) => string;
}

/** Where nothing at all is known: the entry is a draft until somebody dates it. */
const UNDATED: Moment = { ...dayOf("1970-01-01", "UTC"), text: "~1970-01-01" };
const LONGEST_BODY = 49_000;

export function readIncident(answer: IncidentAnswer, home: Home): CarriedEntry {
  const { value, note } = answer;
  const told = inOrder(mappingsOf(value["incident_updates"]), home.zone);
  const scheduled = windowOf(value, told, home.zone, note);
  const isReport = (update: Mapping) => textOf(update["status"]) === "postmortem";
  const kept = told.filter(({ update }) => !isReport(update));
  const report = reportOf(answer, told.map(({ update }) => update).filter(isReport), home);
  const { listed, effects } = readEffects(
    value,
    kept.map(({ update }) => update),
    home.components,
    note,
  );
  const start = firstMoment(value, kept, home.zone, note);
  const updates = kept.map(({ update, at }, index): NewUpdate => {
    const stated = effects[index];
    const own = textOf(update["id"]);
    return {
      ...(ID.test(own) && !isRepeated(kept, own) ? { id: own } : {}),
      at: (at ?? roughly(start)).text,
      status: statusOf(update, scheduled !== undefined, note),
      body: bodyOf(update, answer, home),
      ...(stated ? { components: stated } : {}),
    };
  });
  if (kept.some(({ at }) => at === undefined))
    note("an update without a readable time", `it stands at ${roughly(start).text}, which is all that is known`);
  const all = closed(value, updates, start, { isMaintenance: scheduled !== undefined, zone: home.zone, note });
  const times = timesOf(value, all, { scheduled, start, zone: home.zone, note });
  const title = textOf(value["name"]);
  if (title === "") note("no name", "“Incident” was written; give it a title");
  const id = textOf(value["id"]);
  const isUndated = start === UNDATED;
  const folder = isUndated ? "undated" : start.first.slice(0, 4);
  const slug = home.slugs.take(`${isUndated ? "" : `${start.first.slice(0, 10)}-`}${title}`, "incident");
  const timesCarried = [start.text, ...all.map(({ at }) => at), ...Object.values(times.entry).flatMap(textsIn)];
  noteRecord(answer, new Set(timesCarried), new Set(all.map((update) => update.id)));

  const entry: NewEntry = {
    ...(ID.test(id) ? { id } : {}),
    title: titleOfText(title || "Incident", note),
    ...impactOf(answer, scheduled !== undefined),
    components: listed,
    ...times.entry,
    updates: all,
    ...report.entry,
    tags: [],
    draft: isUndated,
    redirects: redirectsOf(id, slug, note),
    body: report.text,
  };
  return { path: `${folder}/${slug}.md`, entry, times: times.count + report.times };
}

/** As that page writes its ids. */
const ID = /^[a-z0-9]{12}$/;

function isRepeated(told: readonly Told[], id: string): boolean {
  return told.filter(({ update }) => textOf(update["id"]) === id).length > 1;
}

interface Told {
  readonly update: Mapping;
  readonly at: Moment | undefined;
}

/** Oldest first; of two at one time the one written first, which the answers give last. */
function inOrder(updates: readonly Mapping[], zone: string): Told[] {
  const read = updates.map((update): Told => {
    const written = ["display_at", "created_at", "updated_at"].map((key) => textOf(update[key]));
    return { update, at: written.map((text) => momentOf(text, zone)).find((moment) => moment !== undefined) };
  });
  const created = ({ update }: Told) => Date.parse(textOf(update["created_at"])) || 0;
  return read.reverse().sort((a, b) => (a.at?.from ?? 0) - (b.at?.from ?? 0) || created(a) - created(b));
}

function momentOf(written: string, zone: string): Moment | undefined {
  return written === "" ? undefined : readMoment(written, zone).moment;
}

/** The window of a maintenance; undefined for an incident. */
function windowOf(value: Mapping, told: readonly Told[], zone: string, note: Note): NewEntry["scheduled"] {
  const from = momentOf(textOf(value["scheduled_for"]), zone);
  const until = momentOf(textOf(value["scheduled_until"]), zone);
  const isPlanned = MAINTENANCE_STATUSES.some((status) => status === textOf(value["status"]));
  if (!from && !isPlanned) return undefined;
  const start = from ?? told[0]?.at;
  const end = until ?? momentOf(textOf(value["resolved_at"]), zone) ?? told.at(-1)?.at;
  if (!start?.isInstant || !end?.isInstant || end.from <= start.from) {
    note("a maintenance without a window", "both its ends are not known; carried as an incident without impact");
    return undefined;
  }
  if (!from || !until) note("a window with one end", `the other was taken from its updates: ${start.text}/${end.text}`);
  return { start: start.text, end: end.text };
}

const STATUSES: readonly string[] = [...INCIDENT_STATUSES, ...MAINTENANCE_STATUSES, "update"];
/** The same step in the life of an incident, and of a maintenance. */
const TWINS: Readonly<Record<string, readonly [UpdateStatus, UpdateStatus]>> = {
  investigating: ["investigating", "scheduled"],
  identified: ["identified", "in_progress"],
  monitoring: ["monitoring", "verifying"],
  resolved: ["resolved", "completed"],
  scheduled: ["investigating", "scheduled"],
  in_progress: ["identified", "in_progress"],
  verifying: ["monitoring", "verifying"],
  completed: ["resolved", "completed"],
};

function statusOf(update: Mapping, isMaintenance: boolean, note: Note): UpdateStatus {
  const written = textOf(update["status"]).toLowerCase();
  const twin = TWINS[written]?.[isMaintenance ? 1 : 0];
  if (!STATUSES.includes(written)) {
    note(`status: ${written || "none"}`, "it is no status of Candor's; carried as update");
    return "update";
  }
  if (twin === undefined || twin === written) return twin ?? "update";
  note(`status: ${written}`, `${isMaintenance ? "a maintenance" : "an incident"} has none; carried as ${twin}`);
  return twin;
}

function bodyOf(update: Mapping, answer: IncidentAnswer, home: Home): string {
  const written = textOf(update["body"]);
  const text = home.textOf(written, answer);
  if (text.length > LONGEST_BODY) {
    answer.note("a long update", `more than ${LONGEST_BODY} characters; cut there`);
    return text.slice(0, LONGEST_BODY);
  }
  if (text !== "") return text;
  const status = textOf(update["status"]).replace(/_/g, " ") || "update";
  answer.note(`an update “${status}” without a text`, "its status was written as its text");
  return `${status.charAt(0).toUpperCase()}${status.slice(1)}.`;
}

/** When it began, as far as that is known. */
function firstMoment(value: Mapping, told: readonly Told[], zone: string, note: Note): Moment {
  const written = ["started_at", "scheduled_for", "created_at"].map((key) => textOf(value[key]));
  const moment = written.map((text) => momentOf(text, zone)).find((each) => each !== undefined);
  const first = moment ?? told.find(({ at }) => at !== undefined)?.at;
  if (first) return first;
  note("no time", "nothing says when it was; carried as a draft until it is dated");
  return UNDATED;
}

interface Context {
  readonly isMaintenance: boolean;
  readonly zone: string;
  readonly note: Note;
}

/** The updates, with one that ends it where the incident is over and none says so. */
function closed(value: Mapping, updates: readonly NewUpdate[], start: Moment, context: Context): NewUpdate[] {
  const { isMaintenance, zone, note } = context;
  const done = isMaintenance ? "completed" : "resolved";
  const isOver = ["resolved", "completed", "postmortem"].includes(textOf(value["status"]));
  const isTold = updates.some(({ status }) => status === done);
  if (isOver && !isTold) {
    const at = momentOf(textOf(value["resolved_at"]), zone)?.text ?? updates.at(-1)?.at ?? roughly(start).text;
    const body = isMaintenance ? "Completed." : "Resolved.";
    note("the end", `no update tells it; an update “${body}” was added`);
    return [...updates, { at, status: done, body }];
  }
  if (updates.length > 0) return [...updates];
  note("no updates", "the least that a timeline needs was written");
  const body = isMaintenance ? "Scheduled." : "Investigating.";
  return [{ at: start.text, status: isMaintenance ? "scheduled" : "investigating", body }];
}

interface Times {
  readonly entry: Pick<NewEntry, "scheduled" | "started" | "ended">;
  readonly count: number;
}

/** The times beside the updates; those an update says already are not said again. */
function timesOf(
  value: Mapping,
  updates: readonly NewUpdate[],
  {
    scheduled,
    start,
    zone,
    note,
  }: Omit<Context, "isMaintenance"> & {
    readonly scheduled: NewEntry["scheduled"];
    readonly start: Moment;
  },
): Times {
  if (scheduled) return { entry: { scheduled }, count: updates.length + 2 };
  const started = start.text === updates[0]?.at || start === UNDATED ? {} : { started: start.text };
  const last = updates.findLast(({ status }) => status === "resolved");
  const end = momentOf(textOf(value["resolved_at"]), zone);
  const isOver = last !== undefined && updates.at(-1)?.status === "resolved";
  if (end && !isOver) note(`resolved_at: ${end.text}`, "an update after it says that it goes on; left out");
  if (end && end.to < start.from) note(`resolved_at: ${end.text}`, "it lies before the start; left out");
  const isNews = end !== undefined && isOver && end.text !== last.at && end.to >= start.from;
  const isBackwards = isOver && (momentOf(last.at, zone)?.to ?? start.from) < start.from;
  if (isBackwards) note(`started_at: ${start.text}`, "it lies after the end; left out, so its first update begins it");
  const entry = { ...(isBackwards ? {} : started), ...(isNews ? { ended: end.text } : {}) };
  return { entry, count: updates.length + Object.keys(entry).length };
}

function impactOf({ value, note, isFeed }: IncidentAnswer, isMaintenance: boolean): Pick<NewEntry, "impact"> {
  const written = textOf(value["impact_override"]) || textOf(value["impact"]);
  const impact = IMPACTS.find((each) => each === written);
  if (isMaintenance) {
    if (impact && impact !== "none") note(`impact: ${written}`, "a maintenance has none");
    return {};
  }
  if (impact) return { impact };
  const reason = isFeed ? "a feed tells neither impact nor components" : "it is no impact of an incident";
  note(`impact: ${written || "not known"}`, `${reason}; carried with impact none`);
  return { impact: "none" };
}

/** The postmortem, unless it was never published. */
function reportOf(answer: IncidentAnswer, told: readonly Mapping[], home: Home) {
  const { value, note } = answer;
  const written = textOf(value["postmortem_body"]);
  const isHidden = "postmortem_published_at" in value && isBlank(value["postmortem_published_at"]);
  const updateBody = told.map((update) => textOf(update["body"])).find((body) => body !== "") ?? "";
  if (written !== "" && isHidden && updateBody === "") {
    note("postmortem_body", "it was never published; left out");
    return { text: "", entry: {}, times: 0 };
  }
  const text = home.textOf(written || updateBody, answer);
  if (told.length > 0) note("the update “postmortem”", "its text is the report");
  if (text === "") return { text: "", entry: {}, times: 0 };
  const at = [textOf(value["postmortem_published_at"]), ...told.map((update) => textOf(update["display_at"]))];
  const published = at.map((each) => momentOf(each, home.zone)).find((moment) => moment !== undefined);
  const report = { status: "final" as const, ...(published ? { published: published.text } : {}) };
  return { text, entry: { report }, times: Number(published !== undefined) };
}

/** Its address of old, and with it the id that clients of the API know it by. */
function redirectsOf(id: string, slug: string, note: Note): string[] {
  if (id === "" || id === slug) return [];
  if (/^[A-Za-z0-9][\w-]{0,99}$/.test(id)) return [`/incidents/${id}`];
  note(`id: ${id}`, "it is no part of an address; left out");
  return [];
}

function textsIn(value: unknown): string[] {
  return typeof value === "string" ? [value] : Object.values(value ?? {}).flatMap(textsIn);
}
