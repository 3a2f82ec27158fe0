import { createHmac, hash as digest, type KeyObject, timingSafeEqual } from "node:crypto";
import { type Selectable, sql } from "kysely";
import { failure } from "#lib/model/failure.ts";
import type { Database, Transaction } from "./dialect.ts";
import type { Tables } from "./schema.ts";

/*
 * How the entries of the ledger are bound to each other. Each has a MAC (HMAC-SHA-256, RFC 2104) over the one before and
 * everything that it says, and so has the head, which says where the chain ends: without the key nobody can write an entry,
 * change one, or make the chain end earlier. What was written before there was a key has a plain SHA-256 in its place.
 */

/** What a chain begins with. */
export const GENESIS = "0".repeat(64);

/** Where the head is kept in `meta`. */
const HEAD = "ledger_head";

/** The last entry's number and hash, in hexadecimal. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** A head as it is stored: with a MAC, once the ledger is keyed. */
export interface StoredHead extends Head {
  readonly mac?: string;
}

export type LedgerRow = Selectable<Tables["ledger"]>;

/** The hash of an entry behind `previous`: keyed, or plain as before there was a key. */
export function entryHash(key: KeyObject | undefined, previous: string, row: Omit<LedgerRow, "hash">): string {
  const { seq, at, kind, notice, channel, subscriber, delivery, data } = row;
  const text = JSON.stringify([previous, seq, at, kind, notice, channel, subscriber, delivery, data]);
  return key ? createHmac("sha256", key).update(text).digest("hex") : digest("sha256", text);
}

/** `database` is the head in the database, `file` the one kept beside it: neither can take the other's place. */
export type HeadPlace = "database" | "file";

export function withMac(key: KeyObject | undefined, place: HeadPlace, { seq, hash }: Head): StoredHead {
  return key ? { seq, hash, mac: headMac(key, place, { seq, hash }) } : { seq, hash };
}

/** Whether a head was written by a holder of the key. */
export function isOwn(key: KeyObject, place: HeadPlace, { mac = "", seq, hash }: StoredHead): boolean {
  const [one, other] = [Buffer.from(headMac(key, place, { seq, hash })), Buffer.from(mac)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function headMac(key: KeyObject, place: HeadPlace, { seq, hash }: Head): string {
  return createHmac("sha256", key)
    .update(JSON.stringify(["head", place, seq, hash]))
    .digest("hex");
}

/** The head as it stands in the database, looked at by nobody yet; undefined where there is none. */
export async function storedHead(query: Transaction | Database["query"]): Promise<StoredHead | undefined> {
  const {
    rows: [row],
  } = await sql<{ value: string }>`select value from meta where key = ${HEAD}`.execute(query);
  if (!row) return undefined;
  try {
    return JSON.parse(row.value) as StoredHead;
  } catch {
    return { seq: -1, hash: "" };
  }
}

const FOREIGN =
  "The end of the ledger in this database was not written with its key: somebody has changed the database. Nothing is sent, published or written until that is understood. “candor ledger --verify” says what does not agree; “candor restore” brings back a backup.";

/**
 * The head, once it is known to be our own. Without a key, of a database that has none, it is taken as it is.
 * @throws `FOREIGN_LEDGER` when somebody without the key has written it
 */
export async function ownHead(
  { ledgerKey }: Pick<Database, "ledgerKey">,
  query: Transaction | Database["query"],
): Promise<Head> {
  const head = await storedHead(query);
  if (ledgerKey && head && !isOwn(ledgerKey, "database", head)) throw failure("FOREIGN_LEDGER", FOREIGN);
  if (!ledgerKey && head?.mac !== undefined) {
    throw new Error("This ledger is keyed: it can be written only once the vault of its database is open.");
  }
  return head ?? { seq: 0, hash: GENESIS };
}

/** Makes this the head. */
export async function keepHead(
  { ledgerKey }: Pick<Database, "ledgerKey">,
  transaction: Transaction,
  head: Head,
): Promise<void> {
  const value = JSON.stringify(withMac(ledgerKey, "database", head));
  await sql`insert into meta (key, value) values (${HEAD}, ${value})
    on conflict (key) do update set value = excluded.value`.execute(transaction);
}
