import { runningInWords } from "#lib/calendar/words.ts";
import { assumedImpact, effectOfImpact } from "#lib/model/impact.ts";
import type { Effect, Impact, UpdateStatus } from "#lib/model/incident.ts";
import type { ComponentHistory, Event, Incident, Maintenance, Site, Update } from "#lib/model/site.ts";

/** What customers read for each state. */
export const EFFECT_WORDS = {
  operational: "Operational",
  under_maintenance: "Under maintenance",
  degraded_performance: "Degraded performance",
  partial_outage: "Partial outage",
  major_outage: "Major outage",
} as const satisfies Record<Effect, string>;

export const IMPACT_WORDS = {
  none: "No impact",
  minor: "Minor impact",
  major: "Major impact",
  critical: "Critical impact",
} as const satisfies Record<Impact, string>;

export const STATUS_WORDS = {
  investigating: "Investigating",
  identified: "Identified",
  monitoring: "Monitoring",
  resolved: "Resolved",
  scheduled: "Scheduled",
  in_progress: "In progress",
  verifying: "Verifying",
  completed: "Completed",
  cancelled: "Cancelled",
  update: "Update",
} as const satisfies Record<UpdateStatus, string>;

/** The heading of an update. */
export function updateLabel({ isCorrection, status }: Pick<Update, "isCorrection" | "status">): string {
  return isCorrection ? "Correction" : STATUS_WORDS[status];
}

const HEADLINES = {
  operational: "All systems operational",
  under_maintenance: "Maintenance in progress",
  degraded_performance: "Degraded performance",
  partial_outage: "Partial outage",
  major_outage: "Major outage",
} as const satisfies Record<Effect, string>;

/** The state of the whole in a few words. */
export function headline(site: Site): string {
  return headlineOf(site.state);
}

/** The same for a part of it, of which this is the worst. */
export function headlineOf(state: Effect): string {
  return HEADLINES[state];
}

/** What an event is to customers: its impact, or that it is maintenance. */
export function impactInWords(event: Incident | Maintenance): string {
  if (event.kind === "maintenance") return "Maintenance";
  return event.isImpactStated ? IMPACT_WORDS[event.impact] : "Impact not stated";
}

/** How far off the planned end of work under way is: “ends in 2 hr, 48 min”; of work that overruns, how long ago it was. */
export function endInWords({ window, isOverrunning }: Maintenance, now: number, locale: string): string {
  const distance = { ms: Math.abs(window.end.at - now), approximate: false };
  const length = runningInWords(distance, locale, "short");
  return isOverrunning ? `${length} ago` : `ends in ${length}`;
}

/** The effect whose mark stands for an event. An open incident of which nobody said the impact is not marked as harmless. */
export function effectOfEvent(event: Incident | Maintenance): Effect {
  if (event.kind === "maintenance") return "under_maintenance";
  return effectOfImpact(event.isOver ? event.impact : assumedImpact(event));
}

/** Names of components in site.yaml's order. */
export function componentNames(site: Site, event: Event): string[] {
  const ids = new Set(event.effects.map(({ component }) => component));
  return site.config.components.filter(({ id }) => ids.has(id)).map(({ name }) => name);
}

/** The components that the state of the whole is about: those that are not as they should be, or under the work that it tells of. */
export function affectedComponents(site: Site): readonly ComponentHistory[] {
  const all = site.groups.flatMap(({ components }) => components);
  return all.filter(
    ({ effect }) => effect !== "operational" && (effect !== "under_maintenance" || effect === site.state),
  );
}

/** “A, B and C” in the site's language. */
export function listInWords(words: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(words);
}

/** A share of 1 as a percentage, never rounded up to a perfection that was not reached: “99.98 %”. */
export function percentInWords(share: number, locale: string): string {
  const shown = Math.floor(share * 1e4 + 1e-9) / 1e4;
  return new Intl.NumberFormat(locale, { style: "percent", minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(
    shown,
  );
}
