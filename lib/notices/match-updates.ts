import { distance } from "fastest-levenshtein";
import type { KnownUpdate } from "./known.ts";

/** How much of two texts must agree for one to be the other, reworded. */
const ALIKE = 0.6;

/**
 * Which of an event's updates were known before. Each known one is recognised at most once: by its text, then by a
 * text much like its own, then by its time; so updates may be put in another order, moved in time, or reworded, and stay
 * the same.
 * @returns for each update the index of the known one it is, or undefined for a new one
 */
export function matchUpdates(
  known: readonly KnownUpdate[],
  updates: readonly KnownUpdate[],
): readonly (number | undefined)[] {
  const found: (number | undefined)[] = updates.map(() => undefined);
  const free = new Set(known.keys());
  const take = (isSame: (a: KnownUpdate, b: KnownUpdate) => boolean) => {
    for (const [position, update] of updates.entries()) {
      if (found[position] !== undefined) continue;
      for (const index of free) {
        if (!isSame(known[index] as KnownUpdate, update)) continue;
        found[position] = index;
        free.delete(index);
        break;
      }
    }
  };
  take((a, b) => a.mark === b.mark && a.at === b.at);
  take((a, b) => a.mark === b.mark && a.status === b.status);
  take((a, b) => a.mark === b.mark);
  // Before their times: where all of them were moved, one stands at the time of another.
  takeAlike(known, updates, found, free);
  take((a, b) => a.at === b.at && a.status === b.status);
  take((a, b) => a.at === b.at);
  return found;
}

/** Of two texts that are as much alike, the one at the same time is meant. */
const SAME_TIME = 0.1;

/** Pairs what is left by how much the texts agree, the most alike first. */
function takeAlike(
  known: readonly KnownUpdate[],
  updates: readonly KnownUpdate[],
  found: (number | undefined)[],
  free: Set<number>,
): void {
  const pairs = updates.flatMap((update, position) =>
    found[position] === undefined
      ? [...free].map((index) => pairOf(position, index, known[index] as KnownUpdate, update))
      : [],
  );
  for (const { position, index } of pairs.filter((pair) => pair.alike >= ALIKE).sort((a, b) => b.score - a.score)) {
    if (found[position] !== undefined || !free.delete(index)) continue;
    found[position] = index;
  }
}

function pairOf(position: number, index: number, one: KnownUpdate, update: KnownUpdate) {
  const alike = likeness(one, update);
  return { position, index, alike, score: alike + (one.at === update.at ? SAME_TIME : 0) };
}

/** From 0 (nothing in common) to 1 (the same). */
function likeness(a: KnownUpdate, b: KnownUpdate): number {
  const longer = Math.max(a.text.length, b.text.length);
  return longer === 0 ? 1 : 1 - distance(a.text, b.text) / longer;
}
