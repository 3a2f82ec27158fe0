import { sql } from "kysely";
import type { Database, Transaction } from "./dialect.ts";
import type { Fact } from "./facts.ts";
import { appendFacts } from "./ledger.ts";

/** A feed's news that one worker has taken, to tell the hub of it. */
export interface ClaimedPing {
  /** The feed's address. */
  readonly topic: string;
  /** How often it was tried, this time included. */
  readonly attempt: number;
  /** Of which news it is, in milliseconds since the epoch. */
  readonly made_at: number;
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

/** Takes up to `most` feeds that are due. Nobody else takes them for `leaseMs`; then their worker is taken for dead. */
export async function claimPings(
  database: Database,
  { now, most, leaseMs }: { readonly now: number; readonly most: number; readonly leaseMs: number },
): Promise<readonly ClaimedPing[]> {
  const { rows } = await database.transaction((transaction) =>
    sql<ClaimedPing>`
      update hub_ping set state = 'sending', attempts = attempts + 1, due_at = ${now + leaseMs}
      where topic in (
        select topic from hub_ping where state in ('queued', 'sending') and due_at <= ${now}
        order by due_at, topic limit ${most} ${database.words.skipLocked}
      )
      returning topic, attempts as attempt, made_at`.execute(transaction),
  );
  return rows;
}

/** Puts a feed back of which the hub was not asked at all, to be taken at `dueAt`, as if it had not been tried. */
export async function putOffPing(database: Database, { topic, made_at }: ClaimedPing, dueAt: number): Promise<void> {
  await database.query
    .updateTable("hub_ping")
    .set((row) => ({ state: "queued", due_at: dueAt, attempts: row("attempts", "-", 1) }))
    .where("topic", "=", topic)
    .where("state", "=", "sending")
    .where("made_at", "=", made_at)
    .execute();
}

/** What became of a feed, and the fact that says so; with `queued` it is tried again at `dueAt`. News that came meanwhile stays. */
export async function settlePing(
  database: Database,
  { topic, made_at }: ClaimedPing,
  { state, dueAt = 0 }: { readonly state: "queued" | "sent" | "failed"; readonly dueAt?: number },
  fact?: Fact,
): Promise<void> {
  await database.transaction(async (transaction) => {
    const mine = transaction.updateTable("hub_ping").set({ state, due_at: dueAt }).where("topic", "=", topic);
    await mine.where("state", "=", "sending").where("made_at", "=", made_at).execute();
    if (fact) await appendFacts(database, transaction, [fact]);
  });
}
