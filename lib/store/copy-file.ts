import { renameSync, rmSync } from "node:fs";
import { sql } from "kysely";
import type { Database } from "./dialect.ts";

/** Copies a database that is a file, as it is at one moment, into another file: there whole or not at all. */
export async function copyFile(database: Database, to: string): Promise<void> {
  const draft = `${to}.${crypto.randomUUID()}`;
  try {
    await sql`vacuum into ${draft}`.execute(database.query);
    renameSync(draft, to);
  } finally {
    rmSync(draft, { force: true });
  }
}
