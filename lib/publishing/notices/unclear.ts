import type { Update } from "#lib/model/site.ts";
import type { KnownEvent, KnownUpdate } from "./known.ts";
import { type Match, unclearUpdates } from "./match-updates.ts";
import { clock, type Unclear } from "./not-told.ts";
import { type EventObservation, isRecent, type News } from "./observation.ts";
import { audienceOf } from "./write-notice.ts";

/** What is looked at to find what is not certain. */
export interface Doubtful {
  readonly observation: EventObservation;
  readonly news: News | undefined;
  readonly said: readonly Update[];
  readonly updates: readonly KnownUpdate[];
  readonly matches: readonly (Match | undefined)[];
  /** What is known of the event from now on. */
  readonly known: KnownEvent;
  /** It was taken for a known one by what it says alone. */
  readonly isByLikeness: boolean;
  /** It has the address or the words of this one, and was taken for another. */
  readonly apartFrom: KnownEvent | undefined;
}

/** Where an event, or an update of it, could as well be another than it was taken for, and somebody would be told otherwise. */
export function unclearOf(doubtful: Doubtful): readonly Unclear[] {
  const { observation, news, said, updates, matches, known, isByLikeness, apartFrom } = doubtful;
  const { event, known: before, recent } = observation;
  const kind = event.kind === "incident" ? "incident_opened" : "maintenance_scheduled";
  const audience = audienceOf(news ?? { kind, key: "" }, known);
  const unclear = (what: string, how: string): Unclear => ({
    slug: event.slug,
    title: event.title,
    what,
    how,
    audience,
  });
  const found: Unclear[] = [];
  if (apartFrom && news && event.writtenId === undefined) {
    const what = `It is told as a new ${event.kind}, although it may be “${apartFrom.slugs.at(-1)}” from before.`;
    found.push(unclear(what, "Write a new id into it; or, if it goes on, leave the updates there were."));
  }
  const times = new Set(before?.updates.map(({ at }) => at));
  const isLater = updates.some(({ at }) => isRecent(at, observation)) && updates.every(({ at }) => !times.has(at));
  if (isByLikeness && isLater && event.writtenId === undefined) {
    const what = `It is taken for “${before?.slugs.at(-1)}” under a new name, and is not told again.`;
    found.push(unclear(what, "If it is another one, write a new id into it; if not, declare the former address."));
  }
  for (const { fresh, taken } of unclearUpdates(before?.updates ?? [], updates, matches)) {
    const [one, other] = [said[fresh], said[taken]];
    if (!one || !other || !recent.includes(one)) continue;
    const what = `The update of ${clock(one.at)} is told, and the one of ${clock(other.at)} is taken for one that was told before; it could be the other way round.`;
    found.push(unclear(what, "Write an id at each update, and publish the rewording first."));
  }
  return found;
}
