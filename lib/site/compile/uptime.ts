import { dateName, dayAfterPeriod, dayAt, startOf } from "#lib/calendar/zone.ts";
import { worst } from "#lib/model/course.ts";
import { EFFECTS, type Effect } from "#lib/model/incident.ts";
import type { Availability } from "#lib/model/site.ts";
import type { Stretch } from "./effects.ts";

/** What share of a stretch counts as lost: the field's usual weights. */
const LOST_SHARE: Readonly<Record<Effect, number>> = {
  operational: 0,
  under_maintenance: 0,
  degraded_performance: 0,
  partial_outage: 0.3,
  major_outage: 1,
};

interface Ledger {
  affectedMs: number;
  lostMs: number;
  worst: Effect;
  readonly events: Set<string>;
}

/**
 * What is known of one component, day by day (numbered since 1970-01-01), for the days on which something affected it. Where several events
 * overlap, each moment counts once, with the worst of its effects.
 */
export function badDays(own: readonly Stretch[], zone: string): Map<number, Ledger> {
  const days = new Map<number, Ledger>();
  const ledgerOf = (day: number): Ledger => {
    const known = days.get(day) ?? {
      affectedMs: 0,
      lostMs: 0,
      worst: "operational" as Effect,
      events: new Set<string>(),
    };
    days.set(day, known);
    return known;
  };
  for (const { possible, effect, slug } of own) {
    const last = dayAt(Math.max(possible.from, possible.to - 1), zone);
    for (let day = dayAt(possible.from, zone); day <= last; day += 1) {
      const ledger = ledgerOf(day);
      ledger.worst = worst([ledger.worst, effect]);
      ledger.events.add(slug);
    }
  }
  for (const { from, to, share } of loss(own)) {
    const last = dayAt(to - 1, zone);
    for (let day = dayAt(from, zone); day <= last; day += 1) {
      const start = Math.max(from, startOf(day, zone));
      const end = Math.min(to, startOf(day + 1, zone));
      const ledger = ledgerOf(day);
      ledger.affectedMs += Math.max(0, end - start);
      ledger.lostMs += Math.max(0, end - start) * share;
    }
  }
  return days;
}

/** The certain stretches laid over one another: from each moment to the next while any lasts, the share that is lost. */
function* loss(own: readonly Stretch[]): Generator<{ from: number; to: number; share: number }> {
  const edges = own
    .filter(({ certain, effect }) => certain.to > certain.from && effect !== "operational")
    .flatMap(({ certain, effect }) => [
      { at: certain.from, effect, step: 1 },
      { at: certain.to, effect, step: -1 },
    ])
    .sort((a, b) => a.at - b.at);
  const open = new Map<Effect, number>();
  let since = 0;
  for (const { at, effect, step } of edges) {
    const effects = EFFECTS.filter((each) => (open.get(each) ?? 0) > 0);
    if (effects.length > 0 && at > since) {
      yield { from: since, to: at, share: Math.max(...effects.map((each) => LOST_SHARE[each])) };
    }
    open.set(effect, (open.get(effect) ?? 0) + step);
    since = at;
  }
}

/** Sums of the observed time and the loss over periods, each named by the first `length` characters of its dates. */
export function sumBy(
  length: 4 | 7,
  bad: ReadonlyMap<number, Ledger>,
  observed: { readonly from: number; readonly now: number },
  zone: string,
): Availability[] {
  const { from, now } = observed;
  const today = dayAt(now, zone);
  const ledgers = Map.groupBy(
    [...bad].filter(([day]) => day >= from && day <= today).sort(([one], [other]) => one - other),
    ([day]) => dateName(day).slice(0, length),
  );
  const sums: Availability[] = [];
  for (let first = from; first <= today; ) {
    const period = dateName(first).slice(0, length);
    const next = Math.min(dayAfterPeriod(period), today + 1);
    const days = (ledgers.get(period) ?? []).map(([, ledger]) => ledger);
    sums.push({
      period,
      worst: worst(days.map((day) => day.worst)),
      observedMs: Math.min(startOf(next, zone), now) - startOf(first, zone),
      affectedMs: days.reduce((sum, { affectedMs }) => sum + affectedMs, 0),
      lostMs: days.reduce((sum, { lostMs }) => sum + lostMs, 0),
      events: [...new Set(days.flatMap(({ events }) => [...events]))],
    });
    first = next;
  }
  return sums.reverse();
}

/** One day's availability. */
export function dayOf(day: number, bad: ReadonlyMap<number, Ledger>, now: number, zone: string): Availability {
  const ledger = bad.get(day);
  return {
    period: dateName(day),
    worst: ledger?.worst ?? "operational",
    observedMs: observedOn(day, now, zone),
    affectedMs: ledger?.affectedMs ?? 0,
    lostMs: ledger?.lostMs ?? 0,
    events: [...(ledger?.events ?? [])],
  };
}

function observedOn(day: number, now: number, zone: string): number {
  return Math.max(0, Math.min(startOf(day + 1, zone), now) - startOf(day, zone));
}
