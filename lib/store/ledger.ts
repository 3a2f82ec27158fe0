import type { Transaction } from "kysely";
import type { ChannelName } from "#lib/model/subscription.ts";
import { entryHash, type Head, keepHead, type LedgerRow, ownHead } from "./chain.ts";
import type { Database } from "./dialect.ts";
import type { Fact, FactKind, FactSubject } from "./facts.ts";
import type { Tables } from "./schema.ts";

/** A fact in its place in the chain. */
export interface LedgerEntry extends FactSubject {
  readonly kind: FactKind;
  /** As it stands in the store, by whatever version of the program. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly seq: number;
  /** Keyed, over the hash before it and everything it says (see `chain.ts`), in hexadecimal. */
  readonly hash: string;
}

/**
 * Writes facts behind the last one. They are kept for good: no function changes or removes one.
 * @throws when the ledger does not end with what a holder of its key has written
 */
export async function appendFacts(
  database: Database,
  transaction: Transaction<Tables>,
  facts: readonly Fact[],
): Promise<void> {
  if (facts.length === 0) return;
  await database.lock(transaction, "ledger");
  let { seq, hash } = await ownHead(database, transaction);
  const rows = facts.map((fact) => {
    seq += 1;
    const row = rowOf(fact, seq);
    hash = entryHash(database.ledgerKey, hash, row);
    return { ...row, hash };
  });
  await database.insertMany(transaction, "ledger", rows);
  await keepHead(database, transaction, { seq, hash });
}

/**
 * The last entry's number and hash: whoever keeps them elsewhere can tell later that nothing before was taken away.
 * @throws when it is none that a holder of the key has written
 */
export async function ledgerHead(database: Database): Promise<Head> {
  return await ownHead(database, database.query);
}

/** The entry of a number as it is stored. */
export function entryAt({ query }: Database, seq: number) {
  return query.selectFrom("ledger").selectAll().where("seq", "=", seq).executeTakeFirst();
}

/** Which entries are asked for; none of it: all. */
export interface LedgerQuery {
  readonly notices?: readonly string[];
  readonly subscriber?: string;
  readonly kind?: FactKind;
}

/** The facts of some kinds since a moment, newest first; not more than a person can look at. */
export async function recentFacts(
  database: Database,
  kinds: readonly FactKind[],
  since: number,
): Promise<readonly LedgerEntry[]> {
  const rows = await database.query
    .selectFrom("ledger")
    .selectAll()
    .where("kind", "in", kinds)
    .where("at", ">=", since)
    .orderBy("seq", "desc")
    .limit(20)
    .execute();
  return rows.map(entryOf);
}

const PAGE = 5_000;

/** Entries in their order, a page at a time, so that a ledger of any length can be read. */
export async function* readLedger(database: Database, wanted: LedgerQuery = {}): AsyncGenerator<LedgerEntry> {
  let after = 0;
  for (;;) {
    let query = database.query.selectFrom("ledger").selectAll().where("seq", ">", after).orderBy("seq").limit(PAGE);
    if (wanted.notices) query = query.where("notice", "in", [...wanted.notices, ""]);
    if (wanted.subscriber) query = query.where("subscriber", "=", wanted.subscriber);
    if (wanted.kind) query = query.where("kind", "=", wanted.kind);
    const rows = await query.execute();
    for (const row of rows) yield entryOf(row);
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.seq as number;
  }
}

function rowOf({ at, kind, notice, channel, subscriber, delivery, data }: Fact, seq: number): Omit<LedgerRow, "hash"> {
  return {
    seq,
    at,
    kind,
    notice: notice ?? null,
    channel: channel ?? null,
    subscriber: subscriber ?? null,
    delivery: delivery ?? null,
    data: JSON.stringify(data),
  };
}

/** A row of the table as what it says. */
export function entryOf(row: LedgerRow): LedgerEntry {
  return {
    seq: row.seq,
    at: row.at,
    kind: row.kind as FactKind,
    notice: row.notice ?? undefined,
    channel: (row.channel ?? undefined) as ChannelName | undefined,
    subscriber: row.subscriber ?? undefined,
    delivery: row.delivery ?? undefined,
    data: JSON.parse(row.data) as Record<string, unknown>,
    hash: row.hash,
  };
}
