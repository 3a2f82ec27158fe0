import { addDays, dateAt, startOfDay } from "#lib/calendar/zone.ts";
import { EFFECTS, type Effect } from "#lib/model/incident.ts";
import type { Availability } from "#lib/model/site.ts";
import { type Stretch, worst } from "./effects.ts";

/** What share of a stretch counts as lost: the field's usual weights. */
const LOST_SHARE: Readonly<Record<Effect, number>> = {
  operational: 0,
  under_maintenance: 0,
  degraded_performance: 0,
  partial_outage: 0.3,
  major_outage: 1,
};

/** The dates from one to another with the moment each begins: 23, 24 or 25 hours apart, as the zone has it. */
export class Calendar {
  readonly #zone: string;
  readonly #starts = new Map<string, number>();

  private constructor(zone: string) {
    this.#zone = zone;
  }

  static readonly #known = new Map<string, Calendar>();

  /** The calendar of a zone. Kept from one compilation to the next: looking a zone's offsets up costs the most. */
  static of(zone: string): Calendar {
    const known = Calendar.#known.get(zone) ?? new Calendar(zone);
    Calendar.#known.set(zone, known);
    return known;
  }

  /** First millisecond of a date. */
  startOf(on: string): number {
    const known = this.#starts.get(on);
    if (known !== undefined) return known;
    const start = startOfDay(on, this.#zone);
    this.#starts.set(on, start);
    return start;
  }

  /** Every date that a time from `from` to `to` (milliseconds since the epoch) touches. */
  *datesIn(from: number, to: number): Generator<string> {
    for (let on = dateAt(from, this.#zone); this.startOf(on) <= to; on = addDays(on, 1)) yield on;
  }
}

interface Ledger {
  lostMs: number;
  worst: Effect;
  readonly events: Set<string>;
}

/**
 * What is known of one component, date by date, for the dates on which something affected it. Where several events
 * overlap, each moment counts once, with the worst of its effects.
 */
export function badDays(own: readonly Stretch[], calendar: Calendar): Map<string, Ledger> {
  const days = new Map<string, Ledger>();
  const day = (on: string): Ledger => {
    const known = days.get(on) ?? { lostMs: 0, worst: "operational" as Effect, events: new Set<string>() };
    days.set(on, known);
    return known;
  };
  for (const { possible, effect, slug } of own) {
    for (const on of calendar.datesIn(possible.from, Math.max(possible.from, possible.to - 1))) {
      const ledger = day(on);
      ledger.worst = worst([ledger.worst, effect]);
      ledger.events.add(slug);
    }
  }
  for (const { from, to, share } of loss(own)) {
    for (const on of calendar.datesIn(from, to - 1)) {
      const start = Math.max(from, calendar.startOf(on));
      const end = Math.min(to, calendar.startOf(addDays(on, 1)));
      day(on).lostMs += Math.max(0, end - start) * share;
    }
  }
  return days;
}

/** The certain stretches laid over one another: from each moment to the next, the share that is lost. */
function* loss(own: readonly Stretch[]): Generator<{ from: number; to: number; share: number }> {
  const edges = own
    .filter(({ certain, effect }) => certain.to > certain.from && LOST_SHARE[effect] > 0)
    .flatMap(({ certain, effect }) => [
      { at: certain.from, effect, step: 1 },
      { at: certain.to, effect, step: -1 },
    ])
    .sort((a, b) => a.at - b.at);
  const open = new Map<Effect, number>();
  let since = 0;
  for (const { at, effect, step } of edges) {
    const share = Math.max(0, ...EFFECTS.filter((each) => (open.get(each) ?? 0) > 0).map((each) => LOST_SHARE[each]));
    if (share > 0 && at > since) yield { from: since, to: at, share };
    open.set(effect, (open.get(effect) ?? 0) + step);
    since = at;
  }
}

/** Sums of the observed time and the loss over periods, each named by the first `length` characters of its dates. */
export function sumBy(
  length: 4 | 7,
  bad: ReadonlyMap<string, Ledger>,
  observed: { readonly from: string; readonly now: number },
  calendar: Calendar,
): Availability[] {
  const sums = new Map<string, { observedMs: number; lostMs: number; worst: Effect; events: string[] }>();
  for (const on of calendar.datesIn(calendar.startOf(observed.from), observed.now)) {
    const key = on.slice(0, length);
    const sum = sums.get(key) ?? { observedMs: 0, lostMs: 0, worst: "operational" as Effect, events: [] };
    sum.observedMs += observedOn(on, observed.now, calendar);
    const ledger = bad.get(on);
    if (ledger) {
      sum.lostMs += ledger.lostMs;
      sum.worst = worst([sum.worst, ledger.worst]);
      for (const slug of ledger.events) if (!sum.events.includes(slug)) sum.events.push(slug);
    }
    sums.set(key, sum);
  }
  return [...sums].map(([period, sum]) => ({ period, ...sum })).reverse();
}

/** One date's availability. */
export function dayOf(on: string, bad: ReadonlyMap<string, Ledger>, now: number, calendar: Calendar): Availability {
  const ledger = bad.get(on);
  return {
    period: on,
    worst: ledger?.worst ?? "operational",
    observedMs: observedOn(on, now, calendar),
    lostMs: ledger?.lostMs ?? 0,
    events: [...(ledger?.events ?? [])],
  };
}

function observedOn(on: string, now: number, calendar: Calendar): number {
  const start = calendar.startOf(on);
  return Math.max(0, Math.min(calendar.startOf(addDays(on, 1)), now) - start);
}
