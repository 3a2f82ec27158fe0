import { addDays, dateAt } from "#lib/calendar/zone.ts";
import { isUnderWay, neverBegan } from "#lib/model/course.ts";
import { IMPACTS } from "#lib/model/incident.ts";
import type { Incident, Maintenance, Site } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";

export type AnyEvent = Incident | Maintenance;

/** Events on one page of a filtered history. */
export const EVENTS_PER_PAGE = 50;

/** What of the history a reader asks for; a key that is left out asks for everything. */
export interface Filter {
  readonly component?: string;
  readonly impact?: string;
  readonly kind?: string;
  readonly tag?: string;
}

/** The past of a Site, sorted once and looked up often. */
export interface History {
  /** Newest first; maintenance whose time has not come, cancelled or not, is no history yet. */
  readonly events: readonly AnyEvent[];
  /** `YYYY-MM` to its events, newest first. */
  readonly months: ReadonlyMap<string, readonly AnyEvent[]>;
  readonly bySlug: ReadonlyMap<string, AnyEvent>;
}

const histories = new WeakMap<Site, History>();

/** The history of a Site; computed once for each. */
export function historyOf(site: Site): History {
  const known = histories.get(site);
  if (known) return known;
  const all = [...site.incidents, ...site.maintenances];
  const events = all
    .filter((event) => event.kind === "incident" || !isAhead(event, site))
    .sort((a, b) => earliest(b.started) - earliest(a.started) || (a.slug < b.slug ? -1 : 1));
  const history = {
    events,
    months: Map.groupBy(events, (event) => dateOf(event, site).slice(0, 7)),
    bySlug: new Map(all.map((event) => [event.slug, event])),
  };
  histories.set(site, history);
  return history;
}

/** The date under which an event stands in the history: that of its start, in the site's zone unless it was written as a date. */
export function dateOf(event: AnyEvent, site: Site): string {
  const { started } = event;
  const point = started.kind === "span" ? started.from : started;
  return point.kind === "day" ? point.on : dateAt(point.at, site.config.timezone);
}

/** Planned work whose time has not come; cancelled work is told of until then. */
function isAhead(event: Maintenance, { now }: Site): boolean {
  return event.status === "scheduled" || (neverBegan(event) && now < event.window.start.at);
}

/** Planned work whose time has not come, the next first; cancelled work among it. */
export function plannedWork(site: Site): Maintenance[] {
  return site.maintenances.filter((event) => isAhead(event, site)).toReversed();
}

/** What is going on now: incidents first, worst first, then maintenance; of equals the newest first. */
export function currentEvents(site: Site): AnyEvent[] {
  const open = site.incidents.filter(({ isOver }) => !isOver);
  return [...open.sort((a, b) => IMPACTS.indexOf(b.impact) - IMPACTS.indexOf(a.impact)), ...workUnderWay(site)];
}

/** Planned work that goes on now, the newest first. */
export function workUnderWay(site: Site): Maintenance[] {
  return site.maintenances.filter(({ status }) => isUnderWay(status));
}

/** A date with what began on it and what had begun before and still went on. */
export interface RecentDay {
  readonly on: string;
  readonly events: readonly AnyEvent[];
  readonly continued: readonly AnyEvent[];
}

/** The last dates, newest first. A date is quiet only if nothing began or went on. */
export function recentDays(site: Site, count: number): RecentDay[] {
  const { timezone } = site.config;
  const today = dateAt(site.now, timezone);
  const oldest = addDays(today, 1 - count);
  const spans = historyOf(site)
    .events.map((event) => ({
      event,
      first: dateOf(event, site),
      last: lastDateOf(event, site),
    }))
    .filter(({ last }) => last >= oldest);
  return Array.from({ length: count }, (_, index) => {
    const on = addDays(today, -index);
    const own = spans.filter(({ first }) => first === on).map(({ event }) => event);
    const continued = spans.filter(({ first, last }) => first < on && on <= last).map(({ event }) => event);
    return { on, events: own, continued };
  });
}

/** What began before a month and still went on in it, newest first: `YYYY-MM`. */
export function continuedIn(site: Site, month: string): AnyEvent[] {
  return historyOf(site).events.filter(
    (event) => dateOf(event, site).slice(0, 7) < month && month <= lastDateOf(event, site).slice(0, 7),
  );
}

/** The date of an event's end; today while it lasts, and of work that never took place the one it was planned for. */
function lastDateOf(event: AnyEvent, site: Site): string {
  const when = event.ended;
  const zone = site.config.timezone;
  if (!when) return event.isOver ? dateOf(event, site) : dateAt(site.now, zone);
  const point = when.kind === "span" ? when.to : when;
  return point.kind === "day" ? point.on : dateAt(point.at, zone);
}

export function matches(event: AnyEvent, { component, impact, kind, tag }: Filter): boolean {
  return (
    (!component || event.effects.some((effect) => effect.component === component)) &&
    (!impact || (event.kind === "incident" && event.impact === impact)) &&
    (!kind || event.kind === kind) &&
    (!tag || event.tags.includes(tag))
  );
}
