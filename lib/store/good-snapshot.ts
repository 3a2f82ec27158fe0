import { isFailure } from "#lib/model/failure.ts";
import type { Content } from "#lib/model/site.ts";
import type { Snapshot, SnapshotStore } from "./snapshots.ts";

/** The newest publication that can be read. */
export interface GoodSnapshot {
  readonly snapshot: Snapshot;
  readonly content: Content;
  /** The newest there is: the same unless that one is damaged. */
  readonly newest: Snapshot;
}

/**
 * Reads the newest snapshot, or the newest before it that is not damaged: one byte that a disk lost is no reason to show
 * readers nothing. `earlier` as for `SnapshotStore.content`.
 * @returns undefined when nothing was published
 * @throws with the code `DAMAGED` when none can be read
 */
export async function newestGood(store: SnapshotStore, earlier?: Content): Promise<GoodSnapshot | undefined> {
  const newest = await store.latest();
  if (!newest) return undefined;
  try {
    return { snapshot: newest, content: await store.content(newest.id, earlier), newest };
  } catch (error) {
    if (!isDamage(error)) throw error;
    for (const snapshot of (await store.list()).filter(({ id }) => id < newest.id)) {
      try {
        return { snapshot, content: await store.content(snapshot.id, earlier), newest };
      } catch (other) {
        if (!isDamage(other)) throw other;
      }
    }
    throw error;
  }
}

/** What to say of it, with what to do. */
export function damageText({ newest, snapshot }: Pick<GoodSnapshot, "newest" | "snapshot">): string {
  return `Snapshot ${newest.id} is damaged: readers see snapshot ${snapshot.id} instead. “npm run candor -- publish” publishes the content folder again; look at the disk.`;
}

function isDamage(error: unknown): boolean {
  return isFailure(error, "DAMAGED");
}
