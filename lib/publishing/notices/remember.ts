import { createHash } from "node:crypto";
import { assumedImpact } from "#lib/model/impact.ts";
import { IMPACTS, type Impact } from "#lib/model/incident.ts";
import type { Incident, Maintenance } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import { type KnownEvent, type KnownUpdate, plain } from "./known.ts";
import type { Match } from "./match-updates.ts";
import type { EventObservation, News } from "./observation.ts";
import { saidOf } from "./said.ts";

/** Updates as they are now, each with the known one it is, or undefined when it is new. */
export interface Matched {
  readonly updates: readonly KnownUpdate[];
  readonly matches: readonly (Match | undefined)[];
}

/** What an event looks like, and the id it gets where it is seen for the first time. */
export interface Look {
  readonly seen: string;
  readonly newId: string;
  /** Ids of components with the others that they have or had. */
  readonly everyId: (ids: readonly string[]) => readonly string[];
}

/** What is known of an event after it was seen and its news, if any, was told. */
export function remember(
  observation: EventObservation,
  matched: Matched,
  news: News | undefined,
  look: Look,
): KnownEvent {
  const { event, known } = observation;
  const state = believed(observation, news);
  const impact = worse(known?.impact, event.kind === "incident" ? assumedImpact(event) : undefined);
  const window = event.kind === "maintenance" ? { start: event.window.start.at, end: event.window.end.at } : undefined;
  const slugs = (known?.slugs ?? []).filter((slug) => slug !== event.slug);
  const writtenId = event.writtenId ?? known?.writtenId;
  const hit = event.effects.map(({ component }) => component);
  const components = look.everyId([...(known?.components ?? []), ...hit]);
  const reached = news ? { components, ...(impact ? { impact } : {}) } : reachedBy(known);
  return {
    id: known?.id ?? look.newId,
    ...(writtenId === undefined ? {} : { writtenId }),
    slugs: [...slugs, event.slug],
    kind: known?.kind ?? event.kind,
    title: plain(event.title),
    startedAt: earliest(event.started),
    updates: merged(known?.updates ?? [], matched),
    state,
    isTold: known?.isTold === true || news !== undefined,
    endings: (known?.endings ?? 0) + (state === "over" && known?.state !== "over" ? 1 : 0),
    moves: (known?.moves ?? 0) + (news?.kind === "maintenance_moved" ? 1 : 0),
    awaitsReminder: awaitsReminder(observation, news),
    report: known?.report === "final" ? "final" : (event.report?.status ?? known?.report ?? "none"),
    components,
    ...(reached ? { reached } : {}),
    seen: look.seen,
    ...(window ? { window } : {}),
    ...(impact ? { impact } : {}),
  };
}

/** Whom the last notice of an event reached. */
function reachedBy(known: KnownEvent | undefined): KnownEvent["reached"] {
  if (!known?.isTold || known.reached) return known?.reached;
  return { components: known.components, ...(known.impact ? { impact: known.impact } : {}) };
}

/** Whether an event that was told concerns somebody by now whom no notice of it has reached. */
export function hasGrown({ event, known }: Pick<EventObservation, "event" | "known">): boolean {
  const reached = reachedBy(known);
  if (!reached) return false;
  const all = [...(known?.components ?? []), ...event.effects.map(({ component }) => component)];
  const worst = worse(known?.impact, event.kind === "incident" ? assumedImpact(event) : undefined);
  // Of no component in particular is of concern to everybody.
  const isWider = reached.components.length > 0 && all.some((id) => !reached.components.includes(id));
  return isWider || (reached.impact !== undefined && worse(reached.impact, worst) !== reached.impact);
}

/** Subscribers who believe that it is over go on believing it until they are told otherwise. */
function believed(observation: EventObservation, news: News | undefined): KnownEvent["state"] {
  const { event, known } = observation;
  if (event.isOver) return "over";
  if (known?.state === "over" && !news) return "over";
  // A clock that was set back undoes no beginning, another window does.
  if (event.status === "scheduled") return known?.state === "open" && !isMoved(observation, news) ? "open" : "planned";
  return event.kind === "incident" && known?.state !== "open" && !news && isAhead(observation) ? "planned" : "open";
}

/** Whether an incident was written down before it began, or with everything that is to be said of it still to come. */
export function isAhead({ event, now }: Pick<EventObservation, "event" | "now">): boolean {
  const hasMore = event.updates.length > 0 || event.hasUpdatesAhead === true;
  return earliest(event.started) > now || (hasMore && saidOf(event, now).length === 0);
}

/** Known updates in their places, in their newest form; new ones after them. Those the file has lost are kept. */
function merged(known: readonly KnownUpdate[], { updates, matches }: Matched): KnownUpdate[] {
  const all = [...known];
  for (const [position, update] of updates.entries()) {
    const index = matches[position]?.index ?? all.length;
    // An id that was edited away still is the update's.
    const id = update.writtenId ?? all[index]?.writtenId;
    all[index] = id === undefined ? update : { ...update, writtenId: id };
  }
  return all;
}

/** Of what was no maintenance before, every window is another one. */
function isMoved({ known }: EventObservation, news: News | undefined): boolean {
  return news?.kind === "maintenance_moved" || known?.window === undefined;
}

function awaitsReminder(observation: EventObservation, news: News | undefined): boolean {
  const { event, known, now, settings } = observation;
  if (event.kind !== "maintenance" || event.status !== "scheduled" || settings.remindBeforeMs === 0) return false;
  if (news?.kind === "maintenance_reminder") return false;
  const isEarly = now < event.window.start.at - settings.remindBeforeMs;
  return known?.awaitsReminder === true || (isEarly && isMoved(observation, news));
}

/** The worse of two impacts, as far as they are known. */
export function worse(a: Impact | undefined, b: Impact | undefined): Impact | undefined {
  if (!a || !b) return a ?? b;
  return IMPACTS.indexOf(a) > IMPACTS.indexOf(b) ? a : b;
}

/**
 * Everything that news can come from, as a hash: an event that looks the same again has none. What is said in advance
 * does not count before its time has come.
 */
export function looksOf(event: Incident | Maintenance, now: number): string {
  const { slug, title, started, ended, isOver, status, report, redirects, effects, writtenId } = event;
  const said = saidOf(event, now).map((one) => [
    one.at,
    one.status,
    one.body,
    ...(one.writtenId === undefined ? [] : [one.writtenId]),
  ]);
  const own = event.kind === "maintenance" ? event.window : event.impact;
  const affected = effects.map(({ component }) => component);
  const all = [
    slug,
    title,
    started,
    ended,
    isOver,
    status,
    said,
    report?.status,
    redirects,
    own,
    affected,
    ...(writtenId === undefined ? [] : [writtenId]),
  ];
  return createHash("sha256").update(JSON.stringify(all)).digest("base64url");
}
