import { dayAt, dayNumber } from "#lib/calendar/zone.ts";
import type { Component, SiteConfig } from "#lib/model/config.ts";
import { worst } from "#lib/model/course.ts";
import type { ComponentHistory, Event, Group } from "#lib/model/site.ts";
import type { Stretch } from "./effects.ts";
import { freeze } from "./freeze.ts";
import { badDays, dayOf, sumBy } from "./uptime.ts";

/** How many dates the history of a component shows. */
const SHOWN_DAYS = 90;

/** The components in their groups, each with its state now and its past; one component a step. */
export function* compileGroups(
  config: SiteConfig,
  events: readonly Event[],
  stretches: readonly Stretch[],
  now: number,
): Generator<void, Group[]> {
  // Not by sorting: an array's sort puts what is undefined last, whatever it is told.
  const [named, bare] = [
    config.components.filter(({ group }) => group),
    config.components.filter(({ group }) => !group),
  ];
  const names = [...new Set([...bare, ...named].map(({ group }) => group))];
  const byComponent = Map.groupBy(stretches, ({ component }) => component);
  const current = Map.groupBy(
    events.flatMap(({ effects }) => effects),
    ({ component }) => component,
  );
  const groups: Group[] = [];
  for (const name of names) {
    const components: ComponentHistory[] = [];
    for (const component of config.components.filter(({ group }) => group === name)) {
      yield;
      const effect = worst((current.get(component.id) ?? []).map((each) => each.current));
      const own = byComponent.get(component.id) ?? [];
      components.push(freeze({ ...component, effect, ...past(component, own, config.timezone, now) }));
    }
    groups.push({ ...(name === undefined ? {} : { name }), components });
  }
  return groups;
}

function past(component: Component, own: readonly Stretch[], zone: string, now: number) {
  const bad = badDays(own, zone);
  const firstShown = dayAt(now, zone) + 1 - SHOWN_DAYS;
  const firstBad = Math.min(...bad.keys());
  const from = component.since ? dayNumber(component.since.on) : Math.min(firstBad, firstShown);
  const days = Array.from({ length: SHOWN_DAYS }, (_, index) => {
    const day = firstShown + index;
    return day < from ? null : dayOf(day, bad, now, zone);
  });
  const observed = days.reduce((sum, day) => sum + (day?.observedMs ?? 0), 0);
  const lost = days.reduce((sum, day) => sum + (day?.lostMs ?? 0), 0);
  return {
    days,
    ...(observed > 0 ? { uptime: 1 - lost / observed } : {}),
    months: sumBy(7, bad, { from, now }, zone),
    years: sumBy(4, bad, { from, now }, zone),
  };
}
