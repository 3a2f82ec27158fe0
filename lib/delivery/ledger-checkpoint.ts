import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { failure } from "#lib/model/failure.ts";
import { entryHash, GENESIS, type Head, isOwn, ownHead, type StoredHead, withMac } from "#lib/store/chain.ts";
import type { Database } from "#lib/store/dialect.ts";
import { entryAt } from "#lib/store/ledger.ts";

/**
 * How far the ledger has come, kept beside the database: one that was brought back from a copy knows less than this file
 * does, whoever copied it and however. Each of these throws when the file, or the end of the ledger, was written by somebody
 * who does not hold the ledger's key.
 */
export interface LedgerCheckpoint {
  /** Whether the database has forgotten something that this machine has seen in its ledger. */
  isAhead(): Promise<boolean>;
  /** Keeps how far the ledger has come. @throws when the database has forgotten something meanwhile */
  keep(): Promise<void>;
  /** Takes the database as it is, once it is known to have been brought back. @returns what was kept before */
  giveWay(): Promise<Head | undefined>;
}

export function ledgerCheckpoint(database: Database, data: string): LedgerCheckpoint {
  const file = join(data, "ledger-head.json");
  // Whoever puts an older file in its place does not reach what this process has seen.
  let seen: Head | undefined;
  const kept = () => readHead(database, file);
  const isMissing = async (head: Head | undefined) => {
    if (!head || head.seq === 0) return false;
    return (await entryAt(database, head.seq))?.hash !== head.hash;
  };
  const write = async () => {
    const head = await ownHead(database, database.query);
    // With a database elsewhere nobody else may have made it.
    await mkdir(data, { recursive: true });
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, JSON.stringify(withMac(database.ledgerKey, "file", head)), { mode: 0o600 });
    await rename(draft, file);
    seen = head;
  };
  const isAhead = async () => {
    await ownHead(database, database.query);
    return (await isMissing(seen)) || (await isMissing(await kept()));
  };
  return {
    isAhead,
    async keep() {
      if (await isAhead()) throw turned(file);
      await write();
    },
    async giveWay() {
      const before = await kept();
      await write();
      return before;
    },
  };
}

async function readHead(database: Database, file: string): Promise<StoredHead | undefined> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const head = parsed(text);
  const { ledgerKey } = database;
  if (!ledgerKey) return head;
  if (head && isOwn(ledgerKey, "file", head)) return head;
  // Written before the ledger had a key: good for a ledger that is from before, too.
  if (head && head.mac === undefined && (await beginsPlain(database))) return head;
  throw foreign(file);
}

function parsed(text: string): StoredHead | undefined {
  try {
    return JSON.parse(text) as StoredHead;
  } catch {
    return undefined;
  }
}

async function beginsPlain(database: Database): Promise<boolean> {
  const first = await entryAt(database, 1);
  return first !== undefined && first.hash === entryHash(undefined, GENESIS, first);
}

function foreign(file: string): Error {
  const message = `${file} was not written with the key of this database's ledger: somebody has changed it, or it belongs to another database. Nothing is sent, published or written until that is understood. “candor ledger --verify” says whether the database agrees with its ledger. If this data folder now belongs to another database on purpose, remove the file.`;
  return failure("FOREIGN_HEAD", message);
}

function turned(file: string): Error {
  const message = `The ledger lacks what ${file}, or this process, has seen in it: the database was exchanged for an earlier one while this ran. Nothing more is sent. Start again if a copy was brought back on purpose; “candor ledger --verify” says whether it agrees.`;
  return failure("LEDGER_TURNED", message);
}
