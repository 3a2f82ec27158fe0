import { isDeepStrictEqual } from "node:util";
import type { SiteConfig } from "#lib/model/config.ts";
import type { Incident, Maintenance, PublishedEntry } from "#lib/model/site.ts";
import { earliest, type Instant } from "#lib/model/time.ts";
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
  const [event, stretches] = isMaintenance(entry)
    ? compileMaintenance(entry, now)
    : compileIncident(entry, config, now);
  const lastEdge = event.isOver ? Math.max(...edgesOf(entry, event)) : Number.POSITIVE_INFINITY;
  const settledAt = lastEdge <= now ? lastEdge : Number.POSITIVE_INFINITY;
  return { entry, event: freeze(event), stretches, settledAt };
}

/** Whether compiling an entry at `now` would give what an earlier compilation, under the same settings, gave. */
export function isStillTrue(earlier: CompiledEntry, entry: PublishedEntry, now: number): boolean {
  return now >= earlier.settledAt && (entry === earlier.entry || isDeepStrictEqual(entry, earlier.entry));
}

/** The moments at which time alone can change what an entry amounts to. */
export function edgesOf({ started, ended, updates }: PublishedEntry, event: Incident | Maintenance): number[] {
  const told = [started, ended, ...updates.map(({ at }) => at)].flatMap((when) => (when ? [earliest(when)] : []));
  if (event.kind === "maintenance") return [...told, event.window.start.at, event.window.end.at];
  return event.reportDue ? [...told, event.reportDue.at] : told;
}

function isMaintenance(
  entry: PublishedEntry,
): entry is PublishedEntry & { scheduled: { start: Instant; end: Instant } } {
  return entry.scheduled !== undefined;
}
