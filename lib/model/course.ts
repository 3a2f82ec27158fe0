import type { SiteConfig } from "./config.ts";
import { impactOfEffect } from "./impact.ts";
import {
  EFFECTS,
  type Effect,
  type Entry,
  type EntryUpdate,
  type Impact,
  type MaintenanceStatus,
  type UpdateStatus,
} from "./incident.ts";
import type { WholeState } from "./notice.ts";
import type { Incident, Maintenance, ReportPromise, Site } from "./site.ts";
import { earliest, type Instant, latest, type When } from "./time.ts";

/** What follows at once from an entry as it is written: its order, its beginning, its end, what it amounts to. */

/**
 * Updates in the order of time. Those of the same time keep the order they were written in, unless the file as a whole
 * is written newest first.
 */
export function inOrder(updates: readonly EntryUpdate[]): EntryUpdate[] {
  const times = updates.map(({ at }) => earliest(at));
  const isNewestFirst = (times[0] ?? 0) > (times.at(-1) ?? 0);
  const listed = isNewestFirst ? updates.toReversed() : [...updates];
  return listed.sort((a, b) => earliest(a.at) - earliest(b.at));
}

/** When an incident began: as stated, or its first update; undefined where it has no time at all. */
export function beginningOf(entry: Entry): When | undefined {
  return entry.started ?? firstOf(inOrder(entry.updates)[0]?.at, entry.ended);
}

/** The earlier of two times, as far as they are known. */
function firstOf(a: When | undefined, b: When | undefined): When | undefined {
  return a && b && earliest(b) < earliest(a) ? b : (a ?? b);
}

/** When an incident was over for good: as stated, or when an update resolved it; undefined while it lasts. */
export function endOf(entry: Entry, now: number): When | undefined {
  const spoken = inOrder(entry.updates).filter(({ status }) => status !== "update");
  const isOver = spoken.at(-1)?.status === "resolved" || (entry.ended !== undefined && earliest(entry.ended) <= now);
  if (!isOver) return undefined;
  // The first of the last run of “resolved” is the one that ended it.
  return entry.ended ?? spoken[spoken.findLastIndex(({ status }) => status !== "resolved") + 1]?.at;
}

/** The worst of some effects; `operational` when there are none. */
export function worst(effects: Iterable<Effect>): Effect {
  let found: Effect = "operational";
  for (const effect of effects) if (EFFECTS.indexOf(effect) > EFFECTS.indexOf(found)) found = effect;
  return found;
}

/** The worst effect that an entry names anywhere. */
export function worstEffect({ components, updates }: Entry): Effect {
  const written = [components, ...updates.map((update) => update.components)];
  return worst(written.flatMap((effects) => Object.values(effects)).filter((effect) => effect !== null));
}

/** The impact that was written, or the one that the worst effect amounts to. */
export function impactOf(entry: Entry): Impact {
  return entry.impact ?? impactOfEffect(worstEffect(entry));
}

/** Whether anybody said what an incident does to customers: by an impact, or by an effect on a component. */
export function isImpactStated({ impact, components, updates }: Entry): boolean {
  const effects = [components, ...updates.map((update) => update.components)].flatMap((each) => Object.values(each));
  return impact !== undefined || effects.some((effect) => effect !== null);
}

/** A line that says something: no heading, no figure of the timeline, no comment. */
const TEXT = /^(?![ \t]*$| {0,3}#{1,6}(?:[ \t]|$)| {0,3}::timeline\b|[ \t]*<!--.*-->[ \t]*$).+/m;

/** Whether there is a report to read. The empty sections of a template are none yet. */
export function hasReport({ body }: Pick<Entry, "body">): boolean {
  return TEXT.test(body);
}

/** Reports are promised for what hurt: incidents of major or critical impact, and wherever the author gives a date. */
export function reportPromise(entry: Entry, { reports }: SiteConfig, now: number): ReportPromise | undefined {
  const isWritten = hasReport(entry);
  if (isWritten && (entry.report?.status ?? "final") === "final") return undefined;
  const status = isWritten ? "final" : "preliminary";
  const due = entry.report?.due;
  if (due) return { status, at: due.endsAt, day: due, isOverdue: now >= due.endsAt };
  const within = isWritten ? reports.finalWithinMs : reports.preliminaryWithinMs;
  if (within === undefined) return undefined;
  const ended = endOf(entry, now);
  const impact = impactOf(entry);
  if (!ended || (impact !== "major" && impact !== "critical")) return undefined;
  const at = latest(ended) + within;
  return { status, at, isOverdue: now >= at };
}

/**
 * How far planned work has come. The clock begins and ends it by its window, unless an update says that it began: from
 * then on only an update ends it, so that an overrun is never taken for done. Work that is said to be complete before it
 * can have begun was cancelled.
 */
export function maintenanceStatus(
  entry: Pick<Entry, "updates" | "started">,
  window: NonNullable<Entry["scheduled"]>,
  now: number,
): MaintenanceStatus {
  const ordered = inOrder(entry.updates);
  const last = ordered.findLast(({ status }) => status !== "update");
  const said = last?.status;
  if (said === "cancelled") return "cancelled";
  if (last && said === "completed") return hasBegunBy(entry, window, last.at) ? "completed" : "cancelled";
  if (ordered.some(({ status }) => isUnderWay(status))) return said === "verifying" ? "verifying" : "in_progress";
  if (now < window.start.at) return "scheduled";
  return now < window.end.at ? "in_progress" : "completed";
}

/**
 * By when the next update is promised: as the newest update says; where it says nothing, as the entry does, for which a
 * period counts from the newest update. A time that the newest update has reached was kept, and promises nothing more.
 */
export function promisedUpdate({ updates, nextUpdate }: Pick<Entry, "updates" | "nextUpdate">): Instant | undefined {
  const newest = inOrder(updates).at(-1);
  if (newest && isEnding(newest.status)) return undefined;
  if (newest?.nextUpdate || nextUpdate === undefined) return newest?.nextUpdate;
  if (nextUpdate.kind === "period") return newest && after(newest.at, nextUpdate.ms);
  return newest && latest(newest.at) >= nextUpdate.at ? undefined : nextUpdate;
}

/** The moment that lies so many milliseconds after a time, in the offset that this was written with. */
export function after(when: When, ms: number): Instant {
  const point = when.kind === "span" ? when.to : when;
  const at = latest(when) + ms;
  return point.kind === "instant"
    ? { ...point, at }
    : { kind: "instant", at, offset: 0, precision: "minute", approximate: true };
}

/** Whether planned work of this status goes on. */
export function isUnderWay(status: UpdateStatus): boolean {
  return status === "in_progress" || status === "verifying";
}

/** Whether planned work had begun by a moment: as it says itself, or by the clock. */
export function hasBegunBy(
  { updates, started }: Pick<Entry, "updates" | "started">,
  window: NonNullable<Entry["scheduled"]>,
  when: When,
): boolean {
  return started !== undefined || updates.some(({ status }) => isUnderWay(status)) || earliest(when) >= window.start.at;
}

/** Whether planned work was cancelled before it began. */
export function neverBegan({ cancelled, ended }: Pick<Maintenance, "cancelled" | "ended">): boolean {
  return cancelled !== undefined && ended === undefined;
}

/** Whether an update of this status ends what it is about. */
export function isEnding(status: UpdateStatus): boolean {
  return status === "resolved" || status === "completed" || status === "cancelled";
}

/** Whether an incident, or planned work, is over. */
export function isOver(entry: Entry, now: number): boolean {
  if (entry.scheduled) return isEnding(maintenanceStatus(entry, entry.scheduled, now));
  return endOf(entry, now) !== undefined;
}

/** Since when an event is over: its end or, of work that never took place, when it was cancelled. */
export function overSince(event: Incident | Maintenance): When | undefined {
  return event.ended ?? (event.kind === "maintenance" ? event.cancelled : undefined);
}

/** The state of the whole, and whether a component has it. */
export function wholeState({ state, groups }: Pick<Site, "state" | "groups">): WholeState {
  const isOfComponent = groups.some(({ components }) => components.some(({ effect }) => effect === state));
  return { effect: state, isOfComponent };
}
