import { runningInWords } from "#lib/calendar/words.ts";
import { type Messages, messagesIn } from "#lib/messages/messages.ts";
import { assumedImpact, effectOfImpact } from "#lib/model/impact.ts";
import type { Effect } from "#lib/model/incident.ts";
import type { ComponentHistory, Event, Incident, Maintenance, Site, Update } from "#lib/model/site.ts";

/** The heading of an update. */
export function updateLabel(
  { isCorrection, status }: Pick<Update, "isCorrection" | "status">,
  { event, status: states }: Messages,
): string {
  return isCorrection ? event.correction : states[status];
}

/** The state of the whole in a few words. */
export function headline(site: Site): string {
  return headlineOf(site.state, messagesIn(site.config.locale));
}

/** The same for a part of it, of which this is the worst. */
export function headlineOf(state: Effect, { effect, headline: whole }: Messages): string {
  return state === "operational" || state === "under_maintenance" ? whole[state] : effect[state];
}

/** What an event is to customers: its impact, or that it is maintenance. */
export function impactInWords(event: Incident | Maintenance, { impact, noImpact }: Messages): string {
  if (event.kind === "maintenance") return noImpact.maintenance;
  return event.isImpactStated ? impact[event.impact] : noImpact.unstated;
}

/** How far off the planned end of work under way is: “ends in 2 hr, 48 min”; of work that overruns, how long ago it was. */
export function endInWords({ window, isOverrunning }: Maintenance, now: number, locale: string): string {
  const distance = { ms: Math.abs(window.end.at - now), approximate: false };
  const length = runningInWords(distance, locale, "short");
  const { ago, endsIn } = messagesIn(locale).time;
  return isOverrunning ? ago({ length }) : endsIn({ length });
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

/** By locale: making a formatter costs a hundred times more than using it. */
const lists = new Map<string, Intl.ListFormat>();
const shares = new Map<string, Intl.NumberFormat>();

/** “A, B and C” in the site's language. */
export function listInWords(words: readonly string[], locale: string): string {
  const list = lists.get(locale) ?? new Intl.ListFormat(locale, { type: "conjunction" });
  lists.set(locale, list);
  return list.format(words);
}

/** A share of 1 as a percentage, never rounded up to a perfection that was not reached: “99.98 %”. */
export function percentInWords(share: number, locale: string): string {
  const shown = Math.floor(share * 1e4 + 1e-9) / 1e4;
  const percent =
    shares.get(locale) ??
    new Intl.NumberFormat(locale, { style: "percent", minimumFractionDigits: 2, maximumFractionDigits: 2 });
  shares.set(locale, percent);
  return percent.format(shown);
}
