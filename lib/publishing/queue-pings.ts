import { changedTopics } from "#lib/site/views/topics.ts";
import type { Transaction } from "#lib/store/dialect.ts";
import { addPings } from "#lib/store/hub-pings.ts";
import type { ContentChanges } from "./changes/content-changes.ts";
import type { Sites } from "./compile-between.ts";

/** Every server shows what was published by then: a hub that asks sooner would find nothing new. In milliseconds. */
const SHOWN_AFTER_MS = 2_000;

/**
 * Queues the feeds in which a publication changed something, in the transaction that publishes. Without a hub, and of
 * what is first published, nothing.
 */
export async function queuePings(
  transaction: Transaction,
  { before, after }: Sites,
  { added, changed }: ContentChanges,
): Promise<void> {
  if (after.config.hub === undefined || !before) return;
  const slugs = [...added, ...changed.map((each) => each.after)].map(({ slug }) => slug);
  const topics = changedTopics(before, after, slugs);
  await addPings(transaction, topics, { now: after.now, dueAt: after.now + SHOWN_AFTER_MS });
}
