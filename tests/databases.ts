import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject, onTestFinished } from "vitest";
import { openDatabase } from "#lib/store/database.ts";
import type { Database } from "#lib/store/dialect.ts";
import { countOf } from "./soak.ts";

/** The stores that a contract suite runs on. */
export const STORES = ["sqlite", "postgres"] as const;

/** The stores that `tests` long tests run on: in the suite the one that is the default, in the soak each. */
export function storesOf(what: string, tests: number): readonly (typeof STORES)[number][] {
  const isEach = countOf(`${what}, on PostgreSQL`, 0, tests) > 0;
  return isEach ? STORES : ["sqlite"];
}

/** Where a new, empty database is for one test; SQLite's file is removed after it. */
export async function newLocation(store: (typeof STORES)[number]): Promise<string> {
  if (store === "postgres") {
    const answer = await fetch(inject("postgresDesk"));
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return text;
  }
  const folder = mkdtempSync(join(tmpdir(), "candor-store-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "candor.db");
}

/** Opens a database for one test. */
export async function opened(location: string): Promise<Database> {
  const database = await openDatabase(location);
  onTestFinished(() => database.close());
  return database;
}
