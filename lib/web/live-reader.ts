import { setTimeout as sleep } from "node:timers/promises";
import type { Content } from "#lib/model/site.ts";
import { compileBetween } from "#lib/publishing/compile-between.ts";
import type { Compilation } from "#lib/site/compile/compile.ts";
import { damageText, newestGood } from "#lib/store/good-snapshot.ts";
import type { Snapshot, SnapshotStore } from "#lib/store/snapshots.ts";
import type { Reader } from "./reader.ts";

/** How long the store is left alone between two questions for its newest snapshot, in milliseconds. */
const POLL_MS = 100;

/** A reader that follows the store: a new publication is seen within a tenth of a second, and time as it passes. */
export interface LiveReader extends Reader {
  /** What the Site of this moment is compiled from. */
  content(): Content;
  /** Changes whenever any page may have changed: with a publication, with time, with the minute of its ages. */
  stamp(): string;
  /** Stops asking the store. Resolves when no question is under way any more. */
  close(): Promise<void>;
}

export interface Following {
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Told when the store does not answer, once for each kind of failure; readers go on seeing what they saw. */
  readonly onError: (error: unknown) => void;
  /** Told of what is shown after each look at the store that was answered: the same object while nothing has changed. */
  readonly onRound?: ((shown: Shown) => Promise<void>) | undefined;
}

/** What is shown: a snapshot, read from the store in whole, and what it is compiled to until its `validUntil`. */
export interface Shown extends Compilation {
  readonly snapshot: Snapshot;
}

/**
 * Loads what is published and follows it from there.
 * @throws when nothing has been published
 */
export async function followStore(store: SnapshotStore, { clock, onError, onRound }: Following): Promise<LiveReader> {
  /** The newest as it was last looked at: it is not read again as long as there is no other. */
  let seen: Snapshot | undefined;
  const load = async (earlier?: Shown): Promise<Shown | undefined> => {
    const good = await newestGood(store, earlier?.content);
    if (!good) return undefined;
    seen = good.newest;
    if (good.newest !== good.snapshot) onError(new Error(damageText(good)));
    if (earlier && isSame(good.snapshot, earlier.snapshot)) return earlier;
    return { snapshot: good.snapshot, ...(await compileBetween(good.content, clock(), earlier)) };
  };
  const first = await load();
  if (!first) throw new Error("Nothing has been published yet: run “npm run candor -- publish”.");
  let shown = first;

  const takeNews = async () => {
    const snapshot = await store.latest();
    if (snapshot && !(seen && isSame(snapshot, seen))) shown = (await load(shown)) ?? shown;
  };
  const passTime = async () => {
    const now = clock();
    const isTrue = shown.site.now <= now && now < shown.site.validUntil;
    if (!isTrue) shown = { ...shown, ...(await compileBetween(shown.content, now, shown)) };
  };
  const round = async () => {
    try {
      await takeNews();
    } finally {
      // Time passes also while the store is away.
      await passTime();
    }
    await onRound?.(shown);
  };
  const ending = new AbortController();
  const follow = async () => {
    let told = "";
    while (!ending.signal.aborted) {
      try {
        await round();
        told = "";
      } catch (error) {
        if (String(error) !== told) onError(error);
        told = String(error);
      }
      // The timer alone keeps no process alive.
      await sleep(POLL_MS, undefined, { ref: false, signal: ending.signal }).catch(() => undefined);
    }
  };
  const following = follow();

  const minute = () => Math.floor(clock() / 60_000) * 60_000;
  return {
    site: () => shown.site,
    content: () => shown.content,
    now: minute,
    image: (hash) => store.image(hash),
    stamp: () => `${shown.snapshot.id}.${shown.snapshot.version.slice(0, 8)}.${shown.site.now}.${minute()}`,
    close() {
      ending.abort();
      return following;
    },
  };
}

/** A number alone may come again with other content, from a backup. */
function isSame(one: Snapshot, other: Snapshot): boolean {
  return one.id === other.id && one.version === other.version;
}
