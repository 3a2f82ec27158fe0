import { createHash } from "node:crypto";
import { isFailure } from "#lib/model/failure.ts";
import type { Database, Transaction } from "#lib/store/dialect.ts";
import { noteLive } from "#lib/store/live.ts";
import { correctedNotices } from "#lib/store/notices.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { contentChanges } from "./changes/content-changes.ts";
import { sitesOf } from "./compile-between.ts";
import { type CorrectedNotice, withCorrections } from "./corrections.ts";
import { publicationNews } from "./live-publication.ts";
import { publishedIn } from "./published.ts";
import { queuePings } from "./queue-pings.ts";

/** Somebody publishes at the same moment again and again: something else is wrong. */
const MOST_TRIES = 5;

/**
 * Publishes what is published with a correction in it, and does what seals that in the same transaction: both, or neither.
 * Where what it corrects is not on the site any more, nothing is published.
 * @param seal makes the correction; it is given the number of what is published by then
 * @throws as `seal` does
 */
export async function publishCorrection<T>(
  database: Database,
  made: CorrectedNotice,
  by: string,
  seal: (transaction: Transaction, snapshot: number | undefined) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await tryOnce(database, made, by, seal);
    } catch (error) {
      const isOvertaken = isFailure(error, "OVERTAKEN");
      if (!isOvertaken || tries === MOST_TRIES) throw error;
    }
  }
}

async function tryOnce<T>(
  database: Database,
  made: CorrectedNotice,
  by: string,
  seal: (transaction: Transaction, snapshot: number | undefined) => Promise<T>,
): Promise<T> {
  const store = openSnapshots(database);
  const before = await publishedIn(store);
  const content = before && withCorrections(before.content, [...(await correctedNotices(database.query)), made]);
  const changes = before && content && contentChanges(before.content, content);
  if (!before || before.isDamaged || !content || !changes || changes.changed.length === 0) {
    return await database.transaction((transaction) => seal(transaction, before?.snapshot.id));
  }
  const at = made.correction.madeAt;
  const sites = await sitesOf(before.content, content, at);
  const { commit } = before.snapshot;
  const snapshot = {
    version: createHash("sha256").update(JSON.stringify(content)).digest("hex"),
    publishedAt: at,
    publishedBy: by,
    entries: content.entries.length,
    isQuiet: false,
    changes: { added: 0, changed: changes.changed.length, removed: 0 },
    ...(commit ? { commit } : {}),
  };
  const sealed: T[] = [];
  await store.publish(snapshot, content, [], before.snapshot.id, async (transaction, id) => {
    sealed[0] = await seal(transaction, id);
    if (sites.before) {
      const news = publicationNews(changes, { before: sites.before, after: sites.after, snapshot: id });
      await noteLive(database, transaction, news, { at, snapshot: id });
    }
    await queuePings(transaction, sites, changes);
  });
  return sealed[0] as T;
}
