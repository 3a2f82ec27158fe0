import { setTimeout as sleep } from "node:timers/promises";
import { compile } from "#lib/compile/compile.ts";
import type { Content, Site } from "#lib/model/site.ts";
import type { Snapshot, SnapshotStore } from "#lib/store/snapshots.ts";
import type { Reader } from "./reader.ts";

/** How long the store is left alone between two questions for its newest snapshot, in milliseconds. */
const POLL_MS = 250;

/** A reader that follows the store: a new publication is seen within a quarter of a second, and time as it passes. */
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
}

/** What is shown: read from the store in whole. */
interface Shown {
  readonly snapshot: Snapshot;
  readonly content: Content;
  /** Compiled for its `now`; good until its `validUntil`. */
  site: Site;
}

/**
 * Loads what is published and follows it from there.
 * @throws when nothing has been published
 */
export async function followStore(store: SnapshotStore, { clock, onError }: Following): Promise<LiveReader> {
  const load = async (before?: Shown): Promise<Shown> => {
    const snapshot = await store.latest();
    if (!snapshot) throw new Error("Nothing has been published yet: run “npm run candor -- publish”.");
    if (before && isSame(snapshot, before.snapshot)) return before;
    const content = await store.content(snapshot.id);
    return { snapshot, content, site: compile(content, clock()) };
  };
  let shown = await load();
  const ending = new AbortController();
  const follow = async () => {
    let failure = "";
    while (!ending.signal.aborted) {
      try {
        shown = await load(shown);
        failure = "";
      } catch (error) {
        if (String(error) !== failure) onError(error);
        failure = String(error);
      }
      // The timer alone keeps no process alive.
      await sleep(POLL_MS, undefined, { ref: false, signal: ending.signal }).catch(() => undefined);
    }
  };
  const following = follow();

  const site = (): Site => {
    const now = clock();
    if (now >= shown.site.validUntil || now < shown.site.now) shown.site = compile(shown.content, now);
    return shown.site;
  };
  const minute = () => Math.floor(clock() / 60_000) * 60_000;
  return {
    site,
    content: () => shown.content,
    now: minute,
    image: (hash) => store.image(hash),
    stamp: () => `${shown.snapshot.id}.${shown.snapshot.version.slice(0, 8)}.${site().now}.${minute()}`,
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
