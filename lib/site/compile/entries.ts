import { isDeepStrictEqual } from "node:util";
import type { SiteConfig } from "#lib/model/config.ts";
import type { UpdateStatus } from "#lib/model/incident.ts";
import type { Incident, Maintenance, PublishedEntry } from "#lib/model/site.ts";
import { earliest, type Instant, latest } from "#lib/model/time.ts";
import type { Stretch } from "./effects.ts";
import { freeze } from "./freeze.ts";
import { compileIncident } from "./incident.ts";
import { compileMaintenance } from "./maintenance.ts";

/** One entry with what was made of it. */
export interface CompiledEntry {
  readonly entry: PublishedEntry;
  readonly event: Incident | Maintenance;
  readonly stretches: readonly Stretch[];
  /** From this moment on, in milliseconds since the epoch, time changes nothing of this; never while something is to come. */
  readonly settledAt: number;
}

export function compileEntry(entry: PublishedEntry, config: SiteConfig, now: number): CompiledEntry {
  const told = toldBy(entry, now);
  const [event, stretches] = isMaintenance(told) ? compileMaintenance(told, now) : compileIncident(told, config, now);
  const lastEdge = event.isOver ? Math.max(...edgesOf(entry, event)) : Number.POSITIVE_INFINITY;
  const settledAt = lastEdge <= now ? lastEdge : Number.POSITIVE_INFINITY;
  const ahead = told === entry ? {} : { hasUpdatesAhead: true as const };
  return { entry, event: freeze({ ...event, ...ahead }), stretches, settledAt };
}

/** Whether compiling an entry at `now` would give what an earlier compilation, under the same settings, gave. */
export function isStillTrue(earlier: CompiledEntry, entry: PublishedEntry, now: number): boolean {
  return now >= earlier.settledAt && (entry === earlier.entry || isDeepStrictEqual(entry, earlier.entry));
}

/** The moments at which time alone can change what an entry amounts to. */
export function edgesOf({ started, ended, updates }: PublishedEntry, event: Incident | Maintenance): number[] {
  const times = [started, ended, ...updates.map(({ at }) => at)].flatMap((when) => (when ? [earliest(when)] : []));
  const { nextUpdate, expectedEnd } = event;
  const expected = [nextUpdate, expectedEnd].flatMap((when) => (when ? [latest(when)] : []));
  const told = [...times, ...expected, ...updates.map(({ at }) => earliest(at) - THIS_MINUTE_MS)];
  if (event.kind === "maintenance") return [...told, event.window.start.at, event.window.end.at];
  return event.reportDue ? [...told, event.reportDue.at] : told;
}

/** What is written for this minute counts as said, however far its seconds have come, and clocks differ a little. */
const THIS_MINUTE_MS = 60_000;

/**
 * An entry without what it tells only later: an update that lies some minutes ahead resolves nothing before its time.
 * The announcement of work may bear the time of the work.
 */
function toldBy(entry: PublishedEntry, now: number): PublishedEntry {
  const isAnnouncement = (status: UpdateStatus) =>
    isMaintenance(entry) && (status === "scheduled" || status === "update");
  const updates = entry.updates.filter(
    ({ at, status }) => earliest(at) <= now + THIS_MINUTE_MS || isAnnouncement(status),
  );
  const hasTime = updates.length > 0 || entry.started !== undefined || isMaintenance(entry);
  return updates.length === entry.updates.length || !hasTime ? entry : { ...entry, updates };
}

function isMaintenance(
  entry: PublishedEntry,
): entry is PublishedEntry & { scheduled: { start: Instant; end: Instant } } {
  return entry.scheduled !== undefined;
}
