import type { SiteConfig } from "#lib/model/config.ts";
import { after, hasReport, inOrder } from "#lib/model/course.ts";
import type { Effect, Entry, Impact, IncidentStatus, UpdateStatus } from "#lib/model/incident.ts";
import { earliest, type Instant, latest } from "#lib/model/time.ts";
import { addUpdate } from "../author/add-update.ts";
import { liftDraft } from "../author/lift-draft.ts";
import { newEntryText } from "../author/new-entry.ts";
import { EVENT_ID_LENGTH, newId, UPDATE_ID_LENGTH } from "../author/new-id.ts";
import { movePromise, removeKey, setBody, setKey } from "../author/set-key.ts";
import { slugOf } from "../author/slug.ts";
import { spokenEnd } from "../author/spoken-end.ts";
import { type Spoken, spokenTime, type Toward } from "../author/spoken-time.ts";
import { finishReport, startReport } from "../author/start-report.ts";
import { writeId } from "../author/write-id.ts";
import { publicId } from "../ids/public-id.ts";
import { readInstant, readWhen, type TimeFault } from "../parse/when.ts";
import type { ContentFolder, Written } from "./content-folder.ts";
import type { FoundEntry } from "./find-entry.ts";

/** Everything here is said as a person says it: times may be “now” or “10 minutes ago”. */
interface Said {
  readonly at: string;
  /** What customers read, as Markdown. */
  readonly message: string;
}

/** What readers may expect. */
interface Promised {
  /** By when the next update comes: a length of time counts from this update. */
  readonly nextUpdate?: string | undefined;
  /** An estimate of the end. */
  readonly expectedEnd?: string | undefined;
}

export interface Declaration extends Said, Promised {
  readonly title: string;
  readonly status: IncidentStatus;
  readonly effects: Readonly<Record<string, Effect>>;
  readonly impact?: Impact | undefined;
  readonly started?: string | undefined;
  /** The permanent address; the date and the title unless told otherwise. */
  readonly slug?: string | undefined;
  readonly draft: boolean;
}

/** Writes the file of a new incident. @throws when a time cannot be understood */
export function declareIncident(contentFolder: ContentFolder, said: Declaration, now: number): Promise<Written> {
  const at = timeOf(said.at, "at", contentFolder.config, now);
  const started = said.started === undefined ? undefined : timeOf(said.started, "started", contentFolder.config, now);
  const text = newEntryText({
    id: newId(EVENT_ID_LENGTH),
    title: said.title,
    components: said.effects,
    updates: [
      {
        at,
        status: said.status,
        body: said.message,
        ...promised(said, at, contentFolder.config, now),
        id: newId(UPDATE_ID_LENGTH),
      },
    ],
    draft: said.draft,
    ...(said.expectedEnd === undefined
      ? {}
      : { expectedEnd: toCome(said.expectedEnd, "expectedEnd", at, contentFolder.config, now) }),
    ...(said.impact ? { impact: said.impact } : {}),
    ...(started ? { started } : {}),
  });
  return createDated(contentFolder, started ?? at, said, text);
}

export interface Plan extends Omit<Said, "at"> {
  readonly title: string;
  readonly start: string;
  readonly end: string;
  /** Ids of what is under maintenance meanwhile. */
  readonly components: readonly string[];
  readonly slug?: string | undefined;
}

/** Writes the file of a new maintenance. @throws when a time cannot be understood, or when all of it is past */
export function planMaintenance(contentFolder: ContentFolder, said: Plan, now: number): Promise<Written> {
  const start = timeOf(said.start, "start", contentFolder.config, now, "future");
  const begin = instantOf(start, "start", contentFolder.config);
  const end = accepted(spokenEnd(said.end, begin, contentFolder.config.timezone, now), "end");
  if (instantOf(end, "end", contentFolder.config).at <= now) {
    const message = `The maintenance would be over already: it would end at ${end}.`;
    throw badTime("end", { message, remedy: "Say an end that is still to come." }, "WINDOW_OVER");
  }
  const at = timeOf("now", "at", contentFolder.config, now);
  const text = newEntryText({
    id: newId(EVENT_ID_LENGTH),
    title: said.title,
    components: said.components,
    scheduled: { start, end },
    updates: [{ at, status: "scheduled", body: said.message, id: newId(UPDATE_ID_LENGTH) }],
    draft: false,
  });
  return createDated(contentFolder, start, said, text);
}

/** The word by which an estimate is taken back. */
const NO_ESTIMATE = "none";

export interface SaidUpdate extends Said, Promised {
  readonly status: UpdateStatus;
  readonly effects?: Readonly<Record<string, Effect>> | undefined;
}

/** What an update of this status does, in the words of a commit. */
export function deedOf(status: string | undefined): "Resolve" | "Cancel" | "Update" {
  if (status === "cancelled") return "Cancel";
  return status === "resolved" || status === "completed" ? "Resolve" : "Update";
}

/** Puts another text in the place of an update's, which keeps its time, status and id. @param index its place in the list */
export function correctUpdate(
  contentFolder: ContentFolder,
  found: FoundEntry,
  index: number,
  body: string,
): Promise<Written> {
  return contentFolder.change(found, (source) => setBody(source, index, body));
}

/** Adds an update to a file, with its id; and the incident's own, which it had until now without a word. @throws when the time cannot be understood */
export function writeUpdate(
  contentFolder: ContentFolder,
  found: FoundEntry,
  said: SaidUpdate,
  now: number,
  alsoEdit: (source: string) => string = (source) => source,
): Promise<Written> {
  const at = timeOf(said.at, "at", contentFolder.config, now);
  const { entry } = found;
  const id = newId(
    UPDATE_ID_LENGTH,
    entry.updates.map((update) => update.id),
  );
  const effects = said.effects ? { components: said.effects } : {};
  const update = {
    at,
    status: said.status,
    body: said.message,
    ...effects,
    ...promised(said, at, contentFolder.config, now),
    id,
  };
  const estimate =
    said.expectedEnd === undefined ? undefined : estimateOf(said.expectedEnd, at, contentFolder.config, now);
  return contentFolder.change(found, (source) => {
    const kept =
      entry.nextUpdate?.kind === "instant" ? movePromise(alsoEdit(source), newestOf(entry)) : alsoEdit(source);
    return writeId(addUpdate(estimate ? estimate(kept) : kept, update, isNewestFirst(entry)), publicId(entry));
  });
}

function promised({ nextUpdate }: Promised, at: string, config: SiteConfig, now: number): { nextUpdate?: string } {
  return nextUpdate === undefined ? {} : { nextUpdate: toCome(nextUpdate, "nextUpdate", at, config, now) };
}

/** How the file gets an estimate of the end, or loses the one it has. */
function estimateOf(said: string, at: string, config: SiteConfig, now: number): (source: string) => string {
  if (said.trim().toLowerCase() === NO_ESTIMATE) return (source) => removeKey(source, "expected_end");
  const end = toCome(said, "expectedEnd", at, config, now);
  return (source) => setKey(source, ["expected_end"], end);
}

/** A time after an update, which must still be to come. */
function toCome(said: string, field: keyof Promised, at: string, config: SiteConfig, now: number): string {
  const update = readWhen(at, config.timezone);
  if (!("value" in update)) throw badTime("at", update.fault);
  const time = accepted(spokenEnd(said, after(update.value, 0), config.timezone, now), field);
  const read = field === "nextUpdate" ? readInstant(time, config.timezone) : readWhen(time, config.timezone);
  if (!("value" in read)) throw badTime(field, read.fault);
  if (latest(read.value) > now) return time;
  const message = `${field === "nextUpdate" ? "The next update" : "The expected end"} would be past already: “${said}” is ${time}.`;
  throw badTime(field, { message, remedy: "Say a time that is still to come, as 30m or 18:30." });
}

/** The place of the newest update in the list. */
function newestOf({ updates }: Entry): number {
  const newest = inOrder(updates).at(-1);
  return newest ? updates.indexOf(newest) : -1;
}

/** Lets the next publication show a draft. */
export function endDraft(contentFolder: ContentFolder, found: FoundEntry): Promise<Written> {
  return contentFolder.change(found, liftDraft);
}

/** Begins the report of an incident; undefined, with nothing written, when it has one. */
export async function beginReport(
  contentFolder: ContentFolder,
  found: FoundEntry,
  template: string,
): Promise<Written | undefined> {
  const begun = startReport(found.text, template);
  return begun === "has-text" ? undefined : await contentFolder.change(found, () => begun);
}

/** Declares the report of an incident final; refused, with nothing written, while there is nothing to read in it. */
export async function closeReport(contentFolder: ContentFolder, found: FoundEntry): Promise<Written> {
  if (hasReport(found.entry)) return await contentFolder.change(found, finishReport);
  const place = { file: found.file, line: 1, column: 1 };
  const message = found.entry.body === "" ? "There is no report yet." : "The report is nothing but headings yet.";
  const remedy = "Write it below the front matter, then declare it final.";
  return { kind: "refused", problems: [{ rule: "empty-report", severity: "error", place, message, remedy }] };
}

/** Files a new entry under its year, named by its date and title. */
function createDated(
  contentFolder: ContentFolder,
  at: string,
  { title, slug }: Pick<Plan, "title" | "slug">,
  text: string,
): Promise<Written> {
  const on = at.replace(/^~/, "").slice(0, 10);
  const wished = `${on}-${slugOf(title) || "incident"}`.slice(0, 100).replace(/-$/, "");
  return contentFolder.create(slug ?? contentFolder.freeSlug(wished), text, on.slice(0, 4));
}

/** A time that cannot be taken. */
export interface InvalidInput extends Error {
  readonly code: "BAD_TIME" | "WINDOW_OVER";
  /** Which of what was said, by its name here. */
  readonly field: string;
  readonly fault: TimeFault;
}

function timeOf(said: string, field: string, config: SiteConfig, now: number, toward: Toward = "nearest"): string {
  return accepted(spokenTime(said, config.timezone, now, toward), field);
}

function accepted(time: Spoken, field: string): string {
  if ("at" in time) return time.at;
  throw badTime(field, time.fault);
}

/** A maintenance window has a beginning and an end to the minute; a date alone is refused. */
function instantOf(at: string, field: string, config: SiteConfig): Instant {
  const read = readInstant(at, config.timezone);
  if ("value" in read) return read.value;
  throw badTime(field, read.fault);
}

/** A time that cannot be taken, to be thrown. */
export function badTime(field: string, fault: TimeFault, code: InvalidInput["code"] = "BAD_TIME"): InvalidInput {
  return Object.assign(new Error(`${fault.message} ${fault.remedy}`), { code, field, fault });
}

function isNewestFirst({ updates }: Entry): boolean {
  const [first, last] = [updates[0], updates.at(-1)];
  return first !== undefined && last !== undefined && earliest(first.at) > earliest(last.at);
}
