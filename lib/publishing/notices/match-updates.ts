import { distance } from "fastest-levenshtein";
import type { KnownUpdate } from "./known.ts";

/** How much of two texts must agree for one to be the other, reworded. */
const ALIKE = 0.6;

/** An update that was known before, by the sign it was recognised by. */
export interface Match {
  /** Which of the known updates it is. */
  readonly index: number;
  /** Whether its id or its very words said so. Otherwise a text much like its own did, or its time. */
  readonly isCertain: boolean;
}

/**
 * Which of an event's updates were known before. Each known one is recognised at most once, in this order: by its id;
 * by its words at its time, in its status, anywhere; by words much like its own at its time; by its time, where its
 * words are like no other's and no earlier update has words much like the known one's; by words much like its own at another time, unless it has an id that is new; by its time. Where both have an id and the ids
 * differ, only the same words at the same time make them one.
 * @returns for each update the known one it is, or undefined for a new one
 */
export function matchUpdates(
  known: readonly KnownUpdate[],
  updates: readonly KnownUpdate[],
): readonly (Match | undefined)[] {
  const found: (Match | undefined)[] = updates.map(() => undefined);
  const free = new Set(known.keys());
  const assign = (position: number, index: number, isCertain: boolean) => {
    if (found[position] !== undefined || !free.delete(index)) return;
    found[position] = { index, isCertain };
  };
  const take = (isSame: (a: KnownUpdate, b: KnownUpdate) => boolean, isCertain: boolean) => {
    for (const [position, update] of updates.entries()) {
      if (found[position] !== undefined) continue;
      const index = [...free].find((one) => isSame(known[one] as KnownUpdate, update));
      if (index !== undefined) assign(position, index, isCertain);
    }
  };
  const takeAlike = (isAllowed: (a: KnownUpdate, b: KnownUpdate) => boolean) => {
    for (const { position, index } of alikePairs(known, updates, found, free, isAllowed))
      assign(position, index, false);
  };
  const isAlikeToAny = (update: KnownUpdate) =>
    [...free].some((index) => areAlike(known[index] as KnownUpdate, update));
  // What is new is the latest: an earlier one of much the same words is the known one, moved back.
  const isMovedBack = (one: KnownUpdate) =>
    updates.some((each, position) => found[position] === undefined && each.at < one.at && areAlike(one, each));

  take((a, b) => a.writtenId !== undefined && a.writtenId === b.writtenId, true);
  take((a, b) => a.mark === b.mark && a.at === b.at, true);
  take((a, b) => canBe(a, b) && a.mark === b.mark && a.status === b.status, true);
  take((a, b) => canBe(a, b) && a.mark === b.mark, true);
  takeAlike((a, b) => a.at === b.at);
  // Where all times were moved, an update stands at the time of another: then its words are like those of its own.
  take((a, b) => canBe(a, b) && a.at === b.at && a.status === b.status && !(isAlikeToAny(b) || isMovedBack(a)), false);
  // One that has just been given an id was written by a command, and is no other reworded and moved.
  takeAlike((_, b) => b.writtenId === undefined);
  take((a, b) => canBe(a, b) && a.at === b.at && a.status === b.status, false);
  take((a, b) => canBe(a, b) && a.at === b.at, false);
  return found;
}

/**
 * New updates that could as well be ones that others were taken for, with no id to tell: the known one's words or its
 * time fit them too.
 * @returns the position of the new one, and of the one that was taken for a known one
 */
export function unclearUpdates(
  known: readonly KnownUpdate[],
  updates: readonly KnownUpdate[],
  matches: readonly (Match | undefined)[],
): readonly { readonly fresh: number; readonly taken: number }[] {
  return updates.flatMap((update, fresh) => {
    if (matches[fresh] !== undefined) return [];
    const taken = matches.findIndex((match) => {
      const one = match && !match.isCertain ? known[match.index] : undefined;
      return one !== undefined && canBe(one, update) && (one.at === update.at || areAlike(one, update));
    });
    return taken < 0 ? [] : [{ fresh, taken }];
  });
}

/** Two different ids are two updates. */
function canBe(a: KnownUpdate, b: KnownUpdate): boolean {
  return a.writtenId === undefined || b.writtenId === undefined || a.writtenId === b.writtenId;
}

/** Pairs of what is left whose texts agree, the most alike first. */
function alikePairs(
  known: readonly KnownUpdate[],
  updates: readonly KnownUpdate[],
  found: readonly (Match | undefined)[],
  free: ReadonlySet<number>,
  isAllowed: (a: KnownUpdate, b: KnownUpdate) => boolean,
) {
  const pairs = updates.flatMap((update, position) =>
    found[position] === undefined
      ? [...free].flatMap((index) => {
          const one = known[index] as KnownUpdate;
          if (!(canBe(one, update) && isAllowed(one, update))) return [];
          return [{ position, index, alike: likeness(one, update) }];
        })
      : [],
  );
  return pairs.filter(({ alike }) => alike >= ALIKE).sort((a, b) => b.alike - a.alike);
}

function areAlike(a: KnownUpdate, b: KnownUpdate): boolean {
  return likeness(a, b) >= ALIKE;
}

/** From 0 (nothing in common) to 1 (the same). */
function likeness(a: KnownUpdate, b: KnownUpdate): number {
  const longer = Math.max(a.text.length, b.text.length);
  return longer === 0 ? 1 : 1 - distance(a.text, b.text) / longer;
}
