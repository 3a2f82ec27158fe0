import type { Incident, Maintenance } from "#lib/model/site.ts";
import type { KnownEvent } from "./known.ts";
import { comesAfter, idsAllow, scoreOf, traitsOf, weightsOf } from "./same-event.ts";

/** Which known event each event of a Site is, and where that is not certain. */
export interface Identities {
  readonly known: ReadonlyMap<Incident | Maintenance, KnownEvent>;
  /** Events that were taken for a known one by what they say alone, with no id and no former address. */
  readonly byLikeness: ReadonlySet<Incident | Maintenance>;
  /** Events that were taken for new although they have the slug or the words of a known one that is over. */
  readonly apart: ReadonlyMap<Incident | Maintenance, KnownEvent>;
}

/**
 * Which known event each event of a Site is. In this order, each known one at most once:
 * 1. the one that has its id, or was first known under it;
 * 2. the one that has its slug now, unless their ids differ or it comes wholly after that one was over;
 * 3. the one that had its slug once, on the same terms;
 * 4. the one whose slug it declares as a former address, unless their ids differ;
 * 5. of what has no file any more, the one that says the same, unless their ids differ, or it is open and comes wholly
 *    after that one was over.
 */
export function identify(events: readonly AnyEvent[], known: readonly KnownEvent[]): Identities {
  const work: Work = { events, found: new Map(), apart: new Map(), taken: new Set() };
  takeById(work, known);
  takeBySlug(work, known);
  return { known: work.found, byLikeness: takeByLikeness(work, known), apart: work.apart };
}

type AnyEvent = Incident | Maintenance;

/** How far identifying has come. */
interface Work {
  readonly events: readonly AnyEvent[];
  readonly found: Map<AnyEvent, KnownEvent>;
  readonly apart: Map<AnyEvent, KnownEvent>;
  readonly taken: Set<KnownEvent>;
}

function take({ found, apart, taken }: Work, event: AnyEvent, one: KnownEvent | undefined): void {
  if (!one || taken.has(one) || found.has(event)) return;
  found.set(event, one);
  taken.add(one);
  apart.delete(event);
}

function takeById(work: Work, known: readonly KnownEvent[]): void {
  const byId = new Map(known.map((one) => [one.id, one]));
  for (const one of known) if (one.writtenId !== undefined) byId.set(one.writtenId, one);
  for (const event of work.events) {
    const one = event.writtenId === undefined ? undefined : byId.get(event.writtenId);
    if (!one || !idsAllow(event, one)) continue;
    // An address that is used again gives the id that it gave before, until a command writes it down.
    if (one.writtenId !== event.writtenId && comesAfter(event, one)) continue;
    take(work, event, one);
  }
}

function takeBySlug(work: Work, known: readonly KnownEvent[]): void {
  const { events, found, apart, taken } = work;
  const bySlug = bySlugOf(known);
  const called = (event: AnyEvent, slug: string, isNow: boolean) =>
    (bySlug.get(slug) ?? [])
      .filter((one) => !taken.has(one) && (one.slugs.at(-1) === slug) === isNow && idsAllow(event, one))
      .sort((a, b) => scoreOf(traitsOf(event), b) - scoreOf(traitsOf(event), a) || b.startedAt - a.startedAt)[0];
  // Whoever has a slug now comes before whoever had it once.
  for (const isNow of [true, false]) {
    for (const event of events) {
      const one = found.has(event) || apart.has(event) ? undefined : called(event, event.slug, isNow);
      if (one && comesAfter(event, one)) apart.set(event, one);
      else take(work, event, one);
    }
  }
  for (const event of events) {
    for (const slug of event.redirects.map(slugIn)) {
      take(work, event, called(event, slug, true) ?? called(event, slug, false));
    }
  }
}

function takeByLikeness(work: Work, known: readonly KnownEvent[]): ReadonlySet<AnyEvent> {
  const { events, found, apart, taken } = work;
  const byLikeness = new Set<AnyEvent>();
  const lost = known.filter((one) => !taken.has(one));
  if (lost.length === 0) return byLikeness;
  const strangers = events.filter((event) => !(found.has(event) || apart.has(event)));
  for (const [event, one] of alike(strangers, lost)) {
    if (found.has(event) || taken.has(one) || !idsAllow(event, one)) continue;
    if (!event.isOver && comesAfter(event, one)) {
      apart.set(event, one);
      continue;
    }
    take(work, event, one);
    byLikeness.add(event);
  }
  return byLikeness;
}

function bySlugOf(known: readonly KnownEvent[]): ReadonlyMap<string, readonly KnownEvent[]> {
  const bySlug = new Map<string, KnownEvent[]>();
  for (const one of known) {
    for (const slug of one.slugs) {
      const sharing = bySlug.get(slug);
      if (sharing) sharing.push(one);
      else bySlug.set(slug, [one]);
    }
  }
  return bySlug;
}

/** The slug that a former path ends with, whatever the site before called the folder. */
function slugIn(path: string): string {
  const last = path.replace(/\/$/, "").split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** What a hundred events share tells none of them apart. */
const COMMON = 100;

/** The same title and the same time, or the same title and the same words, are enough; two times alone are not. */
const ENOUGH = 3;

/** Pairs of events and lost known ones that say the same, the surest first. */
function alike(
  strangers: readonly (Incident | Maintenance)[],
  lost: readonly KnownEvent[],
): readonly (readonly [Incident | Maintenance, KnownEvent])[] {
  const byTrait = new Map<string, KnownEvent[]>();
  for (const one of lost) {
    for (const trait of weightsOf(one).keys()) {
      const sharing = byTrait.get(trait);
      if (sharing) sharing.push(one);
      else byTrait.set(trait, [one]);
    }
  }
  const pairs: { event: Incident | Maintenance; one: KnownEvent; score: number }[] = [];
  for (const event of strangers) {
    const scores = new Map<KnownEvent, number>();
    for (const [trait, weight] of weightsOf(traitsOf(event))) {
      const sharing = byTrait.get(trait) ?? [];
      if (sharing.length <= COMMON) for (const one of sharing) scores.set(one, (scores.get(one) ?? 0) + weight);
    }
    for (const [one, score] of scores) {
      if (score >= ENOUGH && one.kind === event.kind) pairs.push({ event, one, score });
    }
  }
  return pairs.sort((a, b) => b.score - a.score).map(({ event, one }) => [event, one] as const);
}
