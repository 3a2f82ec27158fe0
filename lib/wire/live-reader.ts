import { compile } from "#lib/compile/compile.ts";
import type { Content, Site } from "#lib/model/site.ts";
import type { Snapshot, SnapshotStore } from "#lib/store/snapshots.ts";
import type { Reader } from "./reader.ts";

/** How long an answer about the newest snapshot may be relied on, in milliseconds. */
const POLL_MS = 250;

/** A reader that follows the store: a new publication is seen within a quarter of a second, and time as it passes. */
export interface LiveReader extends Reader {
  /** Changes whenever any page may have changed: with a publication, with time, with the minute of its ages. */
  stamp(): string;
}

export function followStore(store: SnapshotStore, clock: () => number = Date.now): LiveReader {
  let snapshot: Snapshot | undefined;
  let content: Content | undefined;
  let site: Site | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;

  const minute = () => Math.floor(clock() / 60_000) * 60_000;
  const refresh = (): { site: Site; snapshot: Snapshot } => {
    const now = clock();
    if (Math.abs(now - askedAt) >= POLL_MS || !snapshot) {
      askedAt = now;
      const newest = store.latest();
      if (!newest) throw new Error("Nothing has been published yet: run “npm run candor -- publish”.");
      if (newest.id !== snapshot?.id) {
        content = store.content(newest.id);
        snapshot = newest;
        site = undefined;
      }
    }
    if (!site || now >= site.validUntil || now < site.now) site = compile(content as Content, now);
    return { site, snapshot };
  };

  return {
    site: () => refresh().site,
    now: minute,
    image: (hash) => store.image(hash),
    stamp() {
      const now = refresh();
      return `${now.snapshot.id}.${now.site.now}.${minute()}`;
    },
  };
}
