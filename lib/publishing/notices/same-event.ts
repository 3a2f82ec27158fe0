import type { Incident, Maintenance } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import { type KnownEvent, knownUpdate, plain } from "./known.ts";

/** What an event and a known one are compared by. */
export type Traits = Pick<KnownEvent, "title" | "startedAt" | "updates">;

export function traitsOf(event: Incident | Maintenance): Traits {
  return { title: plain(event.title), startedAt: earliest(event.started), updates: event.updates.map(knownUpdate) };
}

/** A text shorter than this is said of many an incident; one of twice its length of hardly any other. */
const TELLING_LENGTH = 20;

/** What an event can be recognised by, with how much it weighs. */
export function weightsOf({ title, startedAt, updates }: Traits): ReadonlyMap<string, number> {
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

/** How much of what is known of one fits an event. */
export function scoreOf(event: Traits, known: Traits): number {
  const own = weightsOf(known);
  let score = 0;
  for (const [trait, weight] of weightsOf(event)) if (own.has(trait)) score += weight;
  return score;
}

/**
 * Whether an event can be a known one as far as their ids go. Two different ids are two events, unless the start and an
 * update are the very same: then the id was written anew.
 */
export function idsAllow(event: Incident | Maintenance, known: KnownEvent): boolean {
  const { writtenId } = event;
  if (writtenId === undefined || known.writtenId === undefined || writtenId === known.writtenId) return true;
  const traits = traitsOf(event);
  return (
    traits.startedAt === known.startedAt &&
    (traits.updates.length === 0 ||
      traits.updates.some((one) => known.updates.some(({ mark, at }) => mark === one.mark && at === one.at)))
  );
}

/**
 * Whether an event comes wholly after a known one that is over: it begins later than everything that is known of that
 * one, and each of its updates is later too.
 */
export function comesAfter(event: Incident | Maintenance, known: KnownEvent): boolean {
  if (known.state !== "over" || event.kind !== known.kind) return false;
  const last = Math.max(known.startedAt, known.window?.end ?? 0, ...known.updates.map(({ at }) => at));
  return earliest(event.started) > last && event.updates.every(({ at }) => earliest(at) > last);
}
