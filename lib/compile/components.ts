import { addDays, dateAt } from "#lib/calendar/zone.ts";
import type { Component, SiteConfig } from "#lib/model/config.ts";
import type { Event, Group } from "#lib/model/site.ts";
import type { Stretch } from "./effects.ts";
import { worst } from "./effects.ts";
import { badDays, Calendar, dayOf, sumBy } from "./uptime.ts";

/** How many dates the history of a component shows. */
const SHOWN_DAYS = 90;

/** The components in their groups, each with its state now and its past. */
export function compileGroups(
  config: SiteConfig,
  events: readonly Event[],
  stretches: readonly Stretch[],
  now: number,
): Group[] {
  const calendar = Calendar.of(config.timezone);
  const names = [...new Set(config.components.map(({ group }) => group))].sort(
    (a, b) => Number(a !== undefined) - Number(b !== undefined),
  );
  const byComponent = Map.groupBy(stretches, ({ component }) => component);
  const current = Map.groupBy(
    events.flatMap(({ effects }) => effects),
    ({ component }) => component,
  );
  return names.map((name) => ({
    ...(name === undefined ? {} : { name }),
    components: config.components
      .filter(({ group }) => group === name)
      .map((component) => ({
        ...component,
        effect: worst((current.get(component.id) ?? []).map((effect) => effect.current)),
        ...past(component, byComponent.get(component.id) ?? [], calendar, config.timezone, now),
      })),
  }));
}

function past(component: Component, own: readonly Stretch[], calendar: Calendar, zone: string, now: number) {
  const today = dateAt(now, zone);
  const bad = badDays(own, calendar);
  const firstShown = addDays(today, 1 - SHOWN_DAYS);
  const firstBad = [...bad.keys()].sort()[0];
  const from = component.since?.on ?? (firstBad !== undefined && firstBad < firstShown ? firstBad : firstShown);
  const days = Array.from({ length: SHOWN_DAYS }, (_, index) => {
    const on = addDays(firstShown, index);
    return on < from ? null : dayOf(on, bad, now, calendar);
  });
  const observed = days.reduce((sum, day) => sum + (day?.observedMs ?? 0), 0);
  const lost = days.reduce((sum, day) => sum + (day?.lostMs ?? 0), 0);
  return {
    days,
    ...(observed > 0 ? { uptime: 1 - lost / observed } : {}),
    months: sumBy(7, bad, { from, now }, calendar),
    years: sumBy(4, bad, { from, now }, calendar),
  };
}
