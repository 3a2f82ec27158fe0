import type { Incident, Maintenance, Site, Update } from "#lib/model/site.ts";
import type { Audience } from "#lib/model/subscription.ts";
import { earliest, type When } from "#lib/model/time.ts";
import { type KnownEvent, knownUpdate, plain } from "./known.ts";
import type { Match } from "./match-updates.ts";
import type { EventObservation, News } from "./observation.ts";
import { worse } from "./remember.ts";
import { isBare } from "./said.ts";

/** Something that a publication changes and tells nobody, for whoever publishes. */
export interface NotTold {
  readonly slug: string;
  readonly title: string;
  /** What changed. */
  readonly what: string;
  /** Why it is not told. */
  readonly why: string;
  /** How to tell it, where there is a way. */
  readonly how?: string;
}

/** What cannot be told apart for certain: it is told, or not, as is most likely. */
export interface Unclear {
  readonly slug: string;
  readonly title: string;
  readonly what: string;
  /** How to make it certain. */
  readonly how: string;
  /** Whom it concerns, one way or the other. */
  readonly audience: Audience;
}

const ADD_UPDATE = "Add an update.";

/** What is looked at to find what is not told of an event. */
export interface Look {
  readonly observation: EventObservation;
  readonly news: News | undefined;
  /** The updates said by now, each with the known one it is. */
  readonly said: readonly Update[];
  readonly matches: readonly (Match | undefined)[];
  /** It was taken for the known one by what it says alone. */
  readonly isByLikeness: boolean;
  /** As readers saw it before this publication. */
  readonly former: Incident | Maintenance | undefined;
}

/** Everything that a publication changes of an event and does not tell. */
export function notToldOf(look: Look): readonly NotTold[] {
  const { event, known } = look.observation;
  const { slug, title } = event;
  const all = [...updatesNotTold(look), ...(known ? changesNotTold(look, known) : [])];
  return all.map((one) => ({ slug, title, ...one }));
}

type Item = Omit<NotTold, "slug" | "title">;

function updatesNotTold({ observation, said, matches, former }: Look): Item[] {
  const { known, recent, settings } = observation;
  const hours = Math.round(settings.announceWithinMs / 3_600_000);
  const old = `It is more than ${hours} hours old.`;
  const untold = said.filter((update, index) => matches[index] === undefined && !recent.includes(update));
  if (!known && untold.length > 0 && recent.length === 0) {
    return [
      { what: `It is new here, with ${untold.length === 1 ? "an update" : `${untold.length} updates`}.`, why: old },
    ];
  }
  const taken = new Set(matches.flatMap((match) => (match ? [match.index] : [])));
  const gone = (known?.updates ?? []).filter(
    (one, index) => !taken.has(index) && former?.updates.some((update) => knownUpdate(update).mark === one.mark),
  );
  return [
    ...said.flatMap((update, index): Item[] => {
      const match = matches[index];
      const before = match && known?.updates[match.index];
      if (!before || before.mark === knownUpdate(update).mark) return [];
      const what = `The words of the update of ${clock(update.at)} changed.`;
      const why = match.isCertain
        ? "It was told before, and new words for it are not told again."
        : `It is taken for the one of ${clock(before.at)}, reworded: that was told before.`;
      return [{ what, why, how: "Say what is new in an update of its own." }];
    }),
    ...untold.map((update): Item => {
      const what = `The update of ${clock(update.at)} is new.`;
      if (known?.state === "over" && isBare(update)) {
        return { what, why: "It says nothing but its status, which subscribers know.", how: "Write what happened." };
      }
      return { what, why: old, how: "Add an update that bears the time at which it is written." };
    }),
    ...gone.map(({ at }) => ({
      what: `The update of ${clock(at)} was taken away.`,
      why: "What was sent cannot be taken back.",
      how: "If it was wrong, send a correction: candor correct.",
    })),
  ];
}

function changesNotTold({ observation, news, isByLikeness }: Look, known: KnownEvent): Item[] {
  const { event, now, isMovedWithPast } = observation;
  const isSilent = news === undefined;
  const items: Item[] = [];
  if (isByLikeness) {
    const why = `It is taken for “${known.slugs.at(-1)}” under a new name, because it says the same.`;
    items.push({ what: "It has an address that is new.", why, how: "If it is another one, give it an id of its own." });
  }
  if (!isSilent) return items;
  const silent = (what: string, why: string, how = ADD_UPDATE) => items.push({ what, why, how });
  const alone = "Without an update there is nothing for subscribers to read.";
  if (event.kind === "incident" && known.impact && worse(known.impact, event.impact) !== known.impact) {
    silent(`Its impact was raised from ${known.impact} to ${event.impact}.`, alone);
  }
  const added = event.effects.map(({ component }) => component).filter((id) => !known.components.includes(id));
  if (added.length > 0) silent(`It hits more: ${added.join(", ")}.`, alone);
  if (plain(event.title) !== known.title) silent("Its title changed.", alone);
  if (!event.isOver && known.state === "over") silent("It is open again.", "A status alone tells nobody.");
  if (event.isOver && known.state !== "over") {
    silent("It is over.", known.isTold ? "It ended too long ago." : "Nobody was told that it began.");
  }
  if (event.kind === "maintenance" && known.window && event.window.end.at > now) {
    const isOther = event.window.start.at !== known.window.start || event.window.end.at !== known.window.end;
    const why = isMovedWithPast
      ? "What is past moved by the same time: it is taken for a zone put right."
      : "The work has begun, and only another end is told.";
    if (isOther) silent("Its window changed.", why);
  }
  return items;
}

/** What subscribers wait for that readers saw before and that has no file any more. */
export function removedNotTold(before: Site | undefined, known: readonly KnownEvent[], found: ReadonlySet<KnownEvent>) {
  if (!before) return [];
  const shown = new Map([...before.incidents, ...before.maintenances].map((event) => [event.slug, event]));
  return known.flatMap((one): NotTold[] => {
    const event = shown.get(one.slugs.at(-1) ?? "");
    if (found.has(one) || !event || one.state === "over" || !one.isTold) return [];
    const { slug, title } = event;
    const isWork = one.kind === "maintenance";
    const why = "What is not shown says nothing, and what was sent cannot be taken back.";
    const [believed, end] = isWork
      ? ["expect the work", "cancel the work with an update of the status cancelled"]
      : ["believe that it goes on", "end it with an update of the status resolved"];
    const what = `It was removed or made a draft, and subscribers ${believed}.`;
    const how = `Show it again, and ${end}. Or tell those whom it reached that it was wrong: candor ledger --incident ${slug} names the notices, and candor correct NOTICE --message TEXT tells them.`;
    return [{ slug, title, what, why, how }];
  });
}

/** A time as whoever wrote it reads it. */
export function clock(at: When | number): string {
  const ms = typeof at === "number" ? at : earliest(at);
  return `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
