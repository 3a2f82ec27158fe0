import type { KeyObject } from "node:crypto";
import { entryHash, GENESIS, isOwn, type LedgerRow, storedHead } from "../chain.ts";
import type { Database, Transaction } from "../dialect.ts";
import { entryOf, type LedgerEntry } from "../ledger.ts";
import { boardsProjection } from "./boards.ts";
import { DeliveriesProjection } from "./deliveries.ts";
import { haltsProjection } from "./halts.ts";
import { liveProjection } from "./live.ts";
import type { Opener, Projection } from "./projection.ts";
import { recordsProjection } from "./records.ts";
import { subscriptionsProjection } from "./subscriptions.ts";

/** What following the ledger came to. */
export interface Verification {
  /** What is not as it was written, as sentences; none when all of it is. */
  readonly faults: readonly string[];
  /** How many entries there are. */
  readonly entries: number;
  /** Up to which entry the ledger is from before it had a key, as nothing proves who wrote those; absent when none is. */
  readonly plainUntil?: number;
}

export interface VerifyOptions {
  /** Opens addresses, to see that each is its subscriber's own. */
  readonly opener?: Opener | undefined;
  /** Is told of every entry, in its place, before it is known whether all of them are as they were written. */
  readonly onEntry?: (entry: Pick<LedgerEntry, "seq" | "hash" | "at">) => void;
}

/** So many faults are told; a person needs the first. */
const MOST_FAULTS = 200;

/**
 * Follows the ledger from its beginning and holds every table against it that it answers for, all as they were at one
 * moment: others go on writing meanwhile.
 */
export async function verifyLedger(database: Database, options: VerifyOptions = {}): Promise<Verification> {
  const reading = database.query.transaction().setIsolationLevel("repeatable read").setAccessMode("read only");
  return await reading.execute(async (query) => {
    const projections: readonly Projection[] = [
      recordsProjection(),
      new DeliveriesProjection(),
      subscriptionsProjection(options.opener),
      haltsProjection(),
      liveProjection(),
      boardsProjection(),
    ];
    const chain = await followChain(query, database.ledgerKey, (entry) => {
      options.onEntry?.(entry);
      for (const projection of projections) projection.see(entry);
    });
    // A chain that is broken says nothing of the tables any more.
    if (chain.breach !== undefined) return { faults: [chain.breach], entries: chain.entries };
    const faults: string[] = [];
    for (const projection of projections) {
      for await (const fault of projection.faults(query)) {
        if (faults.length < MOST_FAULTS) faults.push(fault);
      }
    }
    const { entries, plainUntil } = chain;
    return { faults, entries, ...(plainUntil === 0 ? {} : { plainUntil }) };
  });
}

interface Chain {
  /** The first entry that does not follow from the one before, as a sentence. */
  readonly breach?: string;
  readonly entries: number;
  /** 0 when every entry is keyed, or the database has no key at all. */
  readonly plainUntil: number;
}

async function followChain(
  query: Transaction,
  key: KeyObject | undefined,
  see: (entry: LedgerEntry) => void,
): Promise<Chain> {
  let previous = GENESIS;
  let seq = 0;
  let plainUntil = 0;
  for await (const row of entries(query)) {
    const broken = (message: string): Chain => ({ breach: message, entries: seq, plainUntil });
    if (row.seq !== seq + 1) return broken(`Entry ${seq + 1} is missing.`);
    const isPlain = key === undefined || (plainUntil === seq && row.hash === entryHash(undefined, previous, row));
    if (row.hash !== entryHash(isPlain ? undefined : key, previous, row)) {
      return broken(`Entry ${row.seq} is not what was written.`);
    }
    const entry = entryOf(row);
    if (key && !isPlain && seq > 0 && plainUntil === seq && !isKeying(entry)) {
      return broken(`Entry ${row.seq} is the first that is keyed, and no entry says that the ledger was keyed there.`);
    }
    seq = row.seq;
    previous = row.hash;
    if (key && isPlain) plainUntil = seq;
    see(entry);
  }
  const breach = await endBreach(query, key, { seq, hash: previous });
  return { entries: seq, plainUntil, ...(breach === undefined ? {} : { breach }) };
}

/** Says up to where hashes are plain, in the only place where it can be true. */
function isKeying({ kind, data, seq }: LedgerEntry): boolean {
  return kind === "keyed" && data["plain"] === seq - 1;
}

async function endBreach(
  query: Transaction,
  key: KeyObject | undefined,
  last: { readonly seq: number; readonly hash: string },
): Promise<string | undefined> {
  const head = await storedHead(query);
  if (!head) return last.seq === 0 ? undefined : `The ledger has ${last.seq} entries, and where it ends is gone.`;
  if (key && !isOwn(key, "database", head)) return "Where the ledger ends was not written with its key.";
  if (!key && head.mac !== undefined) return "The ledger is keyed, and its key is not at hand.";
  if (head.seq !== last.seq) return `The ledger ends at entry ${last.seq}; ${head.seq} were written.`;
  return head.hash === last.hash ? undefined : `Entry ${last.seq} is not what was written.`;
}

const PAGE = 5_000;

async function* entries(query: Transaction): AsyncGenerator<LedgerRow> {
  for (let after = 0; ; ) {
    const rows = await query
      .selectFrom("ledger")
      .selectAll()
      .where("seq", ">", after)
      .orderBy("seq")
      .limit(PAGE)
      .execute();
    yield* rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.seq as number;
  }
}
