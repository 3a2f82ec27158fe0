import { createHash } from "node:crypto";
import { dateAt } from "#lib/calendar/zone.ts";
import type { Author } from "#lib/model/access.ts";
import { ALERT_MAPPING } from "#lib/model/config.ts";
import type { Entry, UpdateStatus } from "#lib/model/incident.ts";
import type { Problem } from "#lib/model/problem.ts";
import { latest } from "#lib/model/time.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { type AlertGroup, alertGroup, changeAlertGroup } from "#lib/store/alert-groups.ts";
import { orAway } from "#lib/store/away.ts";
import type { Database } from "#lib/store/dialect.ts";
import { slugOf } from "../author/slug.ts";
import {
  type Alert,
  effectsOf,
  type Notification,
  notificationSchema,
  titleOf,
  wordsOf,
} from "../intake/alertmanager.ts";
import { type RequestProblem, readRequest } from "../intake/requests.ts";
import type { ContentFolder } from "./content-folder.ts";
import type { ContentWriter, Outcome } from "./content-writer.ts";
import type { FoundEntry } from "./find-entry.ts";
import { TOLD, takeOverAlerts } from "./old-alerts.ts";
import { declareIncident, writeUpdate } from "./write.ts";

/** What is remembered of a group of alerts: not in the incident files, whose form is a contract. */
interface Group {
  /** The draft that was opened for it; absent once it has ended. */
  readonly slug?: string;
  /** Fingerprints of the alerts that are told of in that draft, with when each began. */
  readonly firing: ReadonlyMap<string, number>;
  /** Alerts that are over, with when the last of each began: what comes again of them is a repetition. */
  readonly over: ReadonlyMap<string, number>;
}

/** What a notification came to. */
export interface Taken {
  readonly result:
    | "opened"
    | "updated"
    | "resolved"
    /** A repetition, or the end of something that was never told of. */
    | "nothing-new"
    /** A person has published the draft: from then on people alone write there. */
    | "left-to-people"
    /** A person has taken the draft away. */
    | "draft-is-gone";
  readonly slug?: string;
}

type Result = Taken | { readonly problems: readonly (Problem | RequestProblem)[] };

export interface AlertOffice {
  readonly environment: Environment;
  readonly database: Database;
  readonly writer: ContentWriter;
}

/**
 * Turns a notification of Alertmanager into a draft, an update of it, or its end. A group that fires has one draft however
 * often it is told of, in whatever order. To be called while nothing else is written.
 */
export async function takeAlerts(office: AlertOffice, body: unknown, by: Author): Promise<Result> {
  const read = readRequest(notificationSchema, body);
  if ("problems" in read) return read;
  const notification = read.value;
  const { database, environment } = office;
  await takeOverAlerts(database, environment.data);
  const id = hash(notification.groupKey);
  const group = groupOf(await alertGroup(database, id).catch(orAway(TOLD)));
  const isRepeated = ({ fingerprint, startsAt }: Alert) =>
    group.firing.has(fingerprint) || startsAt <= (group.over.get(fingerprint) ?? Number.NEGATIVE_INFINITY);
  const begun = notification.alerts.filter((alert) => alert.status === "firing" && !isRepeated(alert));
  const ended = notification.alerts.filter(
    ({ status, fingerprint, startsAt }) =>
      status === "resolved" && (group.firing.get(fingerprint) ?? Number.POSITIVE_INFINITY) <= startsAt,
  );
  if (begun.length === 0 && ended.length === 0) return taken("nothing-new", group.slug);

  const work = { ...office, by, notification, begun, ended };
  const done = (group.slug !== undefined && (await follow(work, group.slug))) || (await open(work, group.slug));
  if ("problems" in done) return done;
  // Another server may have written of the same group meanwhile.
  await changeAlertGroup(database, id, (known) => keptAs(id, next(groupOf(known), done, work)));
  return done;
}

interface Work extends AlertOffice {
  readonly by: Author;
  readonly notification: Notification;
  /** Alerts that were not told of before. */
  readonly begun: readonly Alert[];
  /** Alerts that were told of and are over. */
  readonly ended: readonly Alert[];
}

/**
 * A new draft, if there is anything new to tell of. Where one of that name is there already, what was remembered of the
 * group has been lost, and it is that.
 */
async function open({ writer, by, notification, begun }: Work, before: string | undefined): Promise<Result> {
  if (begun.length === 0) return taken("draft-is-gone", before);
  const title = titleOf(notification);
  const startsAt = Math.min(...begun.map((alert) => alert.startsAt));
  let slug = "";
  const outcome = await writer.create({ by, isRehearsal: false, deed: "Draft" }, (contentFolder, now) => {
    const started = Math.min(startsAt, now);
    const mark = hash(`${notification.groupKey}\n${startsAt}`).slice(0, 6);
    slug = `${dateAt(started, contentFolder.config.timezone)}-${slugOf(title).slice(0, 60) || "alert"}-${mark}`;
    const said = { title, message: wordsOf(begun), status: "investigating", draft: true, slug } as const;
    const times = { at: instant(now), started: instant(started) };
    return declareIncident(contentFolder, { ...said, ...times, effects: effectsAt(contentFolder, begun) }, now);
  });
  const isThere = outcome.kind === "refused" && outcome.problems.every(({ rule }) => rule === "duplicate-slug");
  return isThere ? taken("nothing-new", slug) : resultOf(outcome, "opened", slug);
}

/** More of what a draft tells of, or its end; undefined when there is no draft to follow any more. */
async function follow({ writer, by, notification, begun, ended }: Work, slug: string): Promise<Result | undefined> {
  const isOver = notification.status === "resolved" && ended.length > 0;
  if (!isOver && begun.length === 0) return taken("nothing-new", slug);
  const published: Entry[] = [];
  const order = { by, isRehearsal: false, deed: isOver ? "Resolve" : "Update", slug };
  const outcome = await writer.change(order, async (contentFolder, found, now) => {
    if (!found.entry.draft) {
      published.push(found.entry);
      return { kind: "refused", problems: [] };
    }
    const status: UpdateStatus = isOver ? "resolved" : "update";
    const message = isOver ? "The alerts have ended." : `More alerts have joined.\n\n${wordsOf(begun)}`;
    const at = isOver ? endOf(ended, found, now) : now;
    return await writeUpdate(
      contentFolder,
      found,
      { at: instant(at), status, message, effects: effectsAt(contentFolder, begun) },
      now,
    );
  });
  if (published.length > 0) return published.some(isResolved) ? undefined : taken("left-to-people", slug);
  if (outcome.kind === "not-found") return undefined;
  return resultOf(outcome, isOver ? "resolved" : "updated", slug);
}

function isResolved({ updates }: Entry): boolean {
  const [newest] = updates.filter(({ status }) => status !== "update").toSorted((a, b) => latest(b.at) - latest(a.at));
  return newest?.status === "resolved";
}

function resultOf(outcome: Outcome, result: Taken["result"], slug: string): Result {
  if (outcome.kind === "written") return taken(result, slug);
  if (outcome.kind === "refused") return outcome;
  const place = { file: `${slug}.md`, line: 1, column: 1 };
  const message = "The draft is being written by somebody else at this moment.";
  return { problems: [{ rule: "changed", severity: "error", place, message, remedy: "Send the notification again." }] };
}

function taken(result: Taken["result"], slug: string | undefined): Taken {
  return slug === undefined ? { result } : { result, slug };
}

/** When the alerts ended, but not before the last that was said. */
function endOf(ended: readonly Alert[], { entry }: FoundEntry, now: number): number {
  const last = Math.max(...entry.updates.map(({ at }) => latest(at)));
  return Math.min(Math.max(last, ...ended.map(({ endsAt }) => endsAt)), now);
}

function effectsAt({ config }: ContentFolder, alerts: readonly Alert[]) {
  return effectsOf(
    alerts,
    config.alerts ?? ALERT_MAPPING,
    config.components.map(({ id }) => id),
  );
}

/** As the file has it: to the second, as the alert says it. */
function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** The group as it is to be remembered after a notification. */
function next(group: Group, { result, slug }: Taken, { notification, begun, ended }: Work): Group {
  const began = (alerts: readonly Alert[]) =>
    alerts.map(({ fingerprint, startsAt }): [string, number] => [fingerprint, startsAt]);
  const known = new Map([...group.firing, ...began(begun)]);
  const over = new Set(ended.map(({ fingerprint }) => fingerprint));
  const hasEnded = notification.status === "resolved" || result === "draft-is-gone";
  const isOver = (fingerprint: string) => hasEnded || over.has(fingerprint);
  const split = (wanted: boolean) => new Map([...known].filter(([fingerprint]) => isOver(fingerprint) === wanted));
  const firing = split(false);
  const isOpen = !hasEnded && firing.size > 0;
  return {
    ...(isOpen && slug !== undefined ? { slug } : {}),
    firing,
    over: new Map(newest([...new Map([...group.over, ...split(true)])])),
  };
}

/** So many alerts that are over are known again: what comes again of one comes soon, and a group that never ends would grow for ever. */
const MOST_OVER = 10_000;

function newest(over: readonly (readonly [fingerprint: string, startsAt: number])[]) {
  return over.toSorted(([, a], [, b]) => a - b).slice(-MOST_OVER);
}

/** A fingerprint is what a stranger sends: as a key of an object, “constructor” would be there from the beginning. */
function groupOf(kept: AlertGroup | undefined): Group {
  const { slug = null, firing = "{}", ended = "{}" } = kept ?? {};
  const began = (text: string) => new Map(Object.entries(JSON.parse(text) as Record<string, number>));
  return { ...(slug === null ? {} : { slug }), firing: began(firing), over: began(ended) };
}

function keptAs(id: string, { slug, firing, over }: Group): AlertGroup {
  const text = (began: ReadonlyMap<string, number>) => JSON.stringify(Object.fromEntries(began));
  return { id, slug: slug ?? null, firing: text(firing), ended: text(over) };
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
