import { hash as digest } from "node:crypto";
import { type Selectable, sql, type Transaction } from "kysely";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { Database } from "./dialect.ts";
import type { Tables } from "./schema.ts";

/** What the ledger keeps facts of. */
export type FactKind =
  /** A notice was fixed: its rendering, the number of its recipients, and the hashes of both. */
  | "sealed"
  /** A delivery that waited is told in the message of a later notice; or it is not, and waits by itself again. */
  | "folded"
  | "released"
  /** An attempt to deliver came to an end. */
  | "attempted"
  /** A worker died in the middle of an attempt. */
  | "lost"
  /** A mail server reported that a mail came back, or is still being tried. */
  | "bounced"
  /** An address was set aside after it had failed for long, or because nobody is there. */
  | "quarantined"
  | "halted"
  | "resumed"
  | "approved"
  | "stopped"
  | "withdrawn"
  | "subscribed"
  | "confirmed"
  | "changed"
  | "ended"
  | "erased"
  | "shown"
  /** What was about to be told held something secret: nothing of it was sealed. */
  | "guarded"
  /** A WebSub hub was told that a feed has something new, or could not be. */
  | "pinged"
  /** Something that operators were told at once. */
  | "alarm"
  | "restored"
  /** News, or an order, was noted for everybody who is connected. */
  | "live"
  /** A wallboard connected, was about to be sent something, or went. */
  | "board-opened"
  | "board-pushed"
  | "board-closed";

/** Something that happened, as it is told to the ledger. */
export interface Fact {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly kind: FactKind;
  readonly notice?: string | undefined;
  readonly channel?: ChannelName | undefined;
  /** A pseudonym. */
  readonly subscriber?: string | undefined;
  readonly delivery?: number | undefined;
  /** Everything else; no secret and no address in it. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** A fact in its place in the chain. */
export interface LedgerEntry extends Fact {
  readonly seq: number;
  /** SHA-256 over the hash before it and everything it says, in hexadecimal. */
  readonly hash: string;
}

/** What a chain begins with. */
const GENESIS = "0".repeat(64);

const HEAD = "ledger_head";

/** Writes facts behind the last one. They are kept for good: no function changes or removes one. */
export async function appendFacts(
  database: Database,
  transaction: Transaction<Tables>,
  facts: readonly Fact[],
): Promise<void> {
  if (facts.length === 0) return;
  await database.lock(transaction, "ledger");
  const {
    rows: [head],
  } = await sql<{ value: string }>`select value from meta where key = ${HEAD}`.execute(transaction);
  let { seq, hash } = head ? (JSON.parse(head.value) as Head) : { seq: 0, hash: GENESIS };
  const rows = facts.map((fact) => {
    seq += 1;
    const row = rowOf(fact, seq);
    hash = hashOf(hash, row);
    return { ...row, hash };
  });
  await database.insertMany(transaction, "ledger", rows);
  const value = JSON.stringify({ seq, hash });
  await sql`insert into meta (key, value) values (${HEAD}, ${value})
    on conflict (key) do update set value = excluded.value`.execute(transaction);
}

interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** The last entry's number and hash: whoever keeps them elsewhere can tell later that nothing before was taken away. */
export async function ledgerHead(database: Database): Promise<Head> {
  const head = await database.query.selectFrom("meta").select("value").where("key", "=", HEAD).executeTakeFirst();
  return head ? (JSON.parse(head.value) as Head) : { seq: 0, hash: GENESIS };
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

/** A place where the ledger is not what was written. */
export interface Breach {
  readonly seq: number;
  readonly message: string;
}

/** Follows the chain from its beginning. @returns the first entry that does not follow from the one before, if any */
export async function verifyChain(database: Database): Promise<Breach | undefined> {
  // More may be written while this looks: what had been by now has to be there, and nothing that nobody wrote.
  const head = await ledgerHead(database);
  let expected = 1;
  let hash = GENESIS;
  for (let after = 0; ; after = expected - 1) {
    const rows = await database.query
      .selectFrom("ledger")
      .selectAll()
      .where("seq", ">", after)
      .orderBy("seq")
      .limit(PAGE)
      .execute();
    for (const { hash: written, ...row } of rows) {
      if (row.seq !== expected) return { seq: expected, message: `Entry ${expected} is missing.` };
      hash = hashOf(hash, row);
      const agrees = row.seq !== head.seq || hash === head.hash;
      if (hash !== written || !agrees) {
        return { seq: row.seq, message: `Entry ${row.seq} is not what was written.` };
      }
      expected += 1;
    }
    if (rows.length < PAGE) break;
  }
  const last = expected - 1;
  const { seq: written } = await ledgerHead(database);
  if (head.seq <= last && last <= written) return undefined;
  return { seq: expected, message: `The ledger ends at entry ${last}; ${written} were written.` };
}

/** Looks at the last entry alone: quick, however long the ledger is. @returns why it is not the one written last, if so */
export async function verifyEnd(database: Database): Promise<Breach | undefined> {
  const head = await ledgerHead(database);
  const [last, previous] = await database.query
    .selectFrom("ledger")
    .selectAll()
    .orderBy("seq", "desc")
    .limit(2)
    .execute();
  const seq = last?.seq ?? 0;
  if (head.seq !== seq) return { seq, message: `The ledger ends at entry ${seq}; ${head.seq} were written.` };
  if (!last) return undefined;
  const { hash, ...row } = last;
  if (hash === head.hash && hash === hashOf(previous?.hash ?? GENESIS, row)) return undefined;
  return { seq, message: `Entry ${seq} is not what was written.` };
}

type Row = Selectable<Tables["ledger"]>;

function rowOf({ at, kind, notice, channel, subscriber, delivery, data }: Fact, seq: number): Omit<Row, "hash"> {
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

function hashOf(previous: string, { seq, at, kind, notice, channel, subscriber, delivery, data }: Omit<Row, "hash">) {
  const text = JSON.stringify([previous, seq, at, kind, notice, channel, subscriber, delivery, data]);
  return digest("sha256", text);
}

function entryOf(row: Row): LedgerEntry {
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
