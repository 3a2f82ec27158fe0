import { dayAt, dayNumber } from "#lib/calendar/zone.ts";
import type { Component, SiteConfig } from "#lib/model/config.ts";
import type { Availability, ComponentHistory } from "#lib/model/site.ts";
import type { Stretch } from "./effects.ts";
import { badDays, dayOf, sumBy } from "./uptime.ts";

/** How many dates the history of a component shows. */
const SHOWN_DAYS = 90;

type Figures = Pick<ComponentHistory, "days" | "uptime" | "months" | "years">;

/** What is known of one component's past at a time. */
interface Past {
  readonly now: number;
  /** What it was made from. */
  readonly stretches: readonly Stretch[];
  readonly figures: Figures;
}

/** The pasts of components, by their ids. */
export type Pasts = ReadonlyMap<string, Past>;

/** The past of every component, one a step. Of an `earlier` one, under the same settings, what is still true is kept. */
export function* compilePasts(
  { components, timezone }: SiteConfig,
  stretches: readonly Stretch[],
  now: number,
  earlier: Pasts | undefined,
): Generator<void, Pasts> {
  const byComponent = Map.groupBy(stretches, ({ component }) => component);
  const pasts = new Map<string, Past>();
  for (const component of components) {
    const own = byComponent.get(component.id) ?? [];
    const known = earlier?.get(component.id);
    if (known && isSettled(known, own) && dayAt(known.now, timezone) === dayAt(now, timezone)) {
      pasts.set(component.id, { now, stretches: own, figures: laterToday(known.figures, now - known.now) });
    } else {
      pasts.set(component.id, { now, stretches: own, figures: figuresOf(component, own, timezone, now) });
      yield;
    }
  }
  return pasts;
}

/** The very same stretches come only from entries that time no longer changes. */
function isSettled({ stretches }: Past, own: readonly Stretch[]): boolean {
  return stretches.length === own.length && stretches.every((stretch, index) => stretch === own[index]);
}

function figuresOf(component: Component, own: readonly Stretch[], zone: string, now: number): Figures {
  const bad = badDays(own, zone);
  const firstShown = dayAt(now, zone) + 1 - SHOWN_DAYS;
  const firstBad = Math.min(...bad.keys());
  const from = component.since ? dayNumber(component.since.on) : Math.min(firstBad, firstShown);
  const days = Array.from({ length: SHOWN_DAYS }, (_, index) => {
    const day = firstShown + index;
    return day < from ? null : dayOf(day, bad, now, zone);
  });
  return {
    ...withUptime(days),
    months: sumBy(7, bad, { from, now }, zone),
    years: sumBy(4, bad, { from, now }, zone),
  };
}

/** Where nothing else changes, time that passes is observed time, of today and of its month and year. */
function laterToday({ days, months, years }: Figures, ms: number): Figures {
  const later = <T extends Availability | null>(period: T): T =>
    period && { ...period, observedMs: period.observedMs + ms };
  return {
    ...withUptime(days.map((day, index) => (index === days.length - 1 ? later(day) : day))),
    months: months.map((month, index) => (index === 0 ? later(month) : month)),
    years: years.map((year, index) => (index === 0 ? later(year) : year)),
  };
}

function withUptime(days: ComponentHistory["days"]): Pick<Figures, "days" | "uptime"> {
  const observed = days.reduce((sum, day) => sum + (day?.observedMs ?? 0), 0);
  const lost = days.reduce((sum, day) => sum + (day?.lostMs ?? 0), 0);
  return { days, ...(observed > 0 ? { uptime: 1 - lost / observed } : {}) };
}
