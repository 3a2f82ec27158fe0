import type { Incident, Maintenance } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import { type KnownEvent, knownUpdate, plain } from "./known.ts";

/**
 * Which known event each event of a Site is: the one that has its slug, or the one whose former address it declares, or,
 * when its file was renamed without a word, the one that says the same.
 */
export function identify(
  events: readonly (Incident | Maintenance)[],
  known: readonly KnownEvent[],
): ReadonlyMap<Incident | Maintenance, KnownEvent> {
  const found = new Map<Incident | Maintenance, KnownEvent>();
  const bySlug = new Map<string, KnownEvent>();
  // Whoever has a slug now comes before whoever had it once.
  for (const one of known) for (const slug of one.slugs) if (!bySlug.has(slug)) bySlug.set(slug, one);
  for (const one of known) bySlug.set(one.slugs.at(-1) as string, one);

  const taken = new Set<KnownEvent>();
  const take = (event: Incident | Maintenance, one: KnownEvent | undefined) => {
    if (!one || taken.has(one) || found.has(event)) return;
    found.set(event, one);
    taken.add(one);
  };
  for (const event of events) {
    const one = bySlug.get(event.slug);
    if (one?.slugs.at(-1) === event.slug) take(event, one);
  }
  for (const event of events) {
    take(event, bySlug.get(event.slug));
    for (const path of event.redirects) take(event, bySlug.get(slugIn(path)));
  }
  const lost = known.filter((one) => !taken.has(one));
  if (lost.length > 0) {
    const strangers = events.filter((event) => !found.has(event));
    for (const [event, one] of alike(strangers, lost)) take(event, one);
  }
  return found;
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

/** A text shorter than this is said of many an incident; one of twice its length of hardly any other. */
const TELLING_LENGTH = 20;

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
    for (const trait of traitsOf(one).keys()) {
      const sharing = byTrait.get(trait);
      if (sharing) sharing.push(one);
      else byTrait.set(trait, [one]);
    }
  }
  const pairs: { event: Incident | Maintenance; one: KnownEvent; score: number }[] = [];
  for (const event of strangers) {
    const scores = new Map<KnownEvent, number>();
    for (const [trait, weight] of traitsOf(draftOf(event))) {
      const sharing = byTrait.get(trait) ?? [];
      if (sharing.length <= COMMON) for (const one of sharing) scores.set(one, (scores.get(one) ?? 0) + weight);
    }
    for (const [one, score] of scores) {
      if (score >= ENOUGH && one.kind === event.kind) pairs.push({ event, one, score });
    }
  }
  return pairs.sort((a, b) => b.score - a.score).map(({ event, one }) => [event, one] as const);
}

type Traits = Pick<KnownEvent, "title" | "startedAt" | "updates">;

function draftOf(event: Incident | Maintenance): Traits {
  const updates = event.updates.map(knownUpdate);
  return { title: plain(event.title), startedAt: earliest(event.started), updates };
}

/** What an event can be recognised by, with how much it weighs. */
function traitsOf({ title, startedAt, updates }: Traits): ReadonlyMap<string, number> {
  return new Map([
    [`title ${title}`, 2],
    [`time ${startedAt}`, 1],
    ...updates.flatMap(({ mark, text, at }): [string, number][] => [
      [`text ${mark}`, weightOf(text)],
      [`time ${at}`, 1],
    ]),
  ]);
}

function weightOf(text: string): number {
  if (text.length < TELLING_LENGTH) return 0;
  return text.length < 2 * TELLING_LENGTH ? 2 : 3;
}
