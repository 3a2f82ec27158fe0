import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "#lib/store/dialect.ts";
import { ledgerHead } from "#lib/store/ledger.ts";

/**
 * How far the ledger has come, kept beside the database: one that was brought back from a copy knows less than this file
 * does, whoever copied it and however.
 */
export interface HighWater {
  /** Whether the database has forgotten something that this machine has seen in its ledger. */
  isAhead(): Promise<boolean>;
  keep(): Promise<void>;
}

export function highWater(database: Database, data: string): HighWater {
  const file = join(data, "ledger-head.json");
  return {
    async isAhead() {
      const kept = await readHead(file);
      if (!kept || kept.seq === 0) return false;
      const row = await database.query
        .selectFrom("ledger")
        .select("hash")
        .where("seq", "=", kept.seq)
        .executeTakeFirst();
      return row?.hash !== kept.hash;
    },
    async keep() {
      // With a database elsewhere nobody else may have made it.
      await mkdir(data, { recursive: true });
      const draft = `${file}.${process.pid}`;
      await writeFile(draft, JSON.stringify(await ledgerHead(database)), { mode: 0o600 });
      await rename(draft, file);
    },
  };
}

async function readHead(file: string): Promise<{ readonly seq: number; readonly hash: string } | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as { seq: number; hash: string };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
