import type { Database, Transaction } from "./dialect.ts";
import type { Fact } from "./facts.ts";
import { appendFacts } from "./ledger.ts";
import { type Claim, claimDue, type Settlement, settleClaim } from "./repeatable-queue.ts";

/** A feed's news that one worker has taken, to tell the hub of it. */
export interface ClaimedPing extends Claim {
  /** The feed's address. */
  readonly topic: string;
}

/** Puts feeds into the queue, each once: news that nobody was told of yet is told with the newer. */
export async function addPings(
  transaction: Transaction,
  topics: readonly string[],
  { now, dueAt }: { readonly now: number; readonly dueAt: number },
): Promise<void> {
  for (const topic of topics) {
    const row = { state: "queued" as const, attempts: 0, due_at: dueAt, made_at: now };
    await transaction
      .insertInto("hub_ping")
      .values({ topic, ...row })
      .onConflict((clash) => clash.column("topic").doUpdateSet(row))
      .execute();
  }
}

/** Takes up to `most` feeds that are due. */
export function claimPings(
  database: Database,
  when: { readonly now: number; readonly most: number; readonly leaseMs: number },
): Promise<readonly ClaimedPing[]> {
  return claimDue<{ readonly topic: string }>(database, "hub_ping", when);
}

/** What became of a feed, and the fact that says so. */
export async function settlePing(
  database: Database,
  { topic, made_at }: ClaimedPing,
  settlement: Settlement,
  fact?: Fact,
): Promise<void> {
  await database.transaction(async (transaction) => {
    await settleClaim(transaction, "hub_ping", { name: topic, made_at }, settlement);
    if (fact) await appendFacts(database, transaction, [fact]);
  });
}
