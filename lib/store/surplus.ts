import { failure } from "#lib/model/failure.ts";
import type { Database } from "./dialect.ts";
import { appendFacts } from "./ledger.ts";
import { removalOf } from "./records.ts";
import { openSnapshots, type Snapshot } from "./snapshots.ts";

/** Which publications are to stay: those that either of the two wants. */
export interface Retention {
  /** As many of the newest. */
  readonly newest?: number;
  /** All that were published at this moment or later, in milliseconds since the epoch. */
  readonly since?: number;
}

/** Publications that are to stay no longer, the newest first. */
export interface Surplus {
  readonly snapshots: readonly Snapshot[];
  /** Pictures that are shown by no snapshot that stays, by their hashes. */
  readonly images: readonly string[];
  /** The newest snapshot there was when this was found out. */
  readonly latest: number;
}

/** Finds what may be thrown away. What readers see stays, and with every snapshot that stays the one it shows again. */
export async function findSurplus(database: Database, wanted: Retention): Promise<Surplus> {
  const store = openSnapshots(database);
  const all = await store.list();
  const byId = new Map(all.map((each) => [each.id, each]));
  const staying = new Set<number>();
  for (const [index, each] of all.entries()) {
    if (index > 0 && index >= (wanted.newest ?? 0) && each.publishedAt < (wanted.since ?? Number.POSITIVE_INFINITY))
      continue;
    for (let id: number | undefined = each.id; id !== undefined; id = byId.get(id)?.restores) staying.add(id);
  }
  const snapshots = all.filter(({ id }) => !staying.has(id));
  const shown = new Set<string>();
  if (snapshots.length > 0) {
    for (const id of staying)
      if (byId.has(id)) for (const { url } of (await store.content(id)).images) shown.add(hashIn(url));
  }
  const images = snapshots.length === 0 ? [] : await database.query.selectFrom("image").select("hash").execute();
  return {
    snapshots,
    images: images.map(({ hash }) => hash).filter((hash) => !shown.has(hash)),
    latest: all[0]?.id ?? 0,
  };
}

/**
 * Throws it away for good.
 * @param now milliseconds since the epoch
 * @throws when somebody published meanwhile, as that may show one of the pictures
 */
export async function removeSurplus(
  database: Database,
  { snapshots, images, latest }: Surplus,
  now: number,
): Promise<void> {
  await database.transaction(async (transaction) => {
    await database.lock(transaction, "publish");
    const newest = transaction.selectFrom("snapshot").select("id").orderBy("id", "desc").limit(1);
    const { id } = (await newest.executeTakeFirst()) ?? { id: 0 };
    if (id !== latest) {
      const message = `Snapshot ${id} has been published meanwhile, and nothing was removed. Run this again.`;
      throw failure("OVERTAKEN", message);
    }
    for (const each of snapshots) await transaction.deleteFrom("snapshot").where("id", "=", each.id).execute();
    for (const hash of images) await transaction.deleteFrom("image").where("hash", "=", hash).execute();
    const ids = snapshots.map((each) => each.id);
    await appendFacts(database, transaction, [...removalOf("snapshot", ids, now), ...removalOf("image", images, now)]);
  });
}

/** Pictures are addressed as `/files/<hash>/<name>`. */
function hashIn(url: string): string {
  return url.split("/")[2] ?? "";
}
