import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { failure } from "#lib/model/failure.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { storedHead } from "#lib/store/chain.ts";
import type { Database } from "#lib/store/dialect.ts";
import { hasVault } from "./open-vault.ts";
import { secretFile } from "./secret.ts";

/**
 * Refuses to take an installation that has lost its database for a first start: the data folder still says how far the
 * ledger had come, and the database has none of it.
 * @throws with the code `DATABASE_LOST`
 */
export async function refuseLostDatabase(database: Database, { data }: Pick<Environment, "data">): Promise<void> {
  const fault = await lostDatabase(database, { data });
  if (fault !== undefined) throw failure("DATABASE_LOST", fault);
}

/** The same as a sentence with a remedy; nothing where nothing is lost. */
export async function lostDatabase(
  database: Database,
  { data }: Pick<Environment, "data">,
): Promise<string | undefined> {
  if (((await storedHead(database.query))?.seq ?? 0) > 0 || !hadEntries(join(data, "ledger-head.json")))
    return undefined;
  return `The database is empty, but ${join(data, "ledger-head.json")} says that its ledger had entries: it was lost, emptied or moved. Put it back, or restore a backup (“npm run candor -- restore <file>”). To begin anew and lose everything that was told, move that file away.`;
}

function hadEntries(file: string): boolean {
  if (!existsSync(file)) return false;
  // A head that cannot be understood was a head all the same.
  return !/"seq"\s*:\s*0\b/.test(readFileSync(file, "utf8"));
}

/**
 * Whether the data folder's secret is missing beside a database that was filled under it: a new one would open nothing.
 * @returns a sentence with a remedy
 */
export async function lostSecret(
  database: Database,
  { data, secret }: Pick<Environment, "data" | "secret">,
): Promise<string | undefined> {
  if (secret !== undefined || existsSync(secretFile(data))) return undefined;
  if (!(await hasVault(database))) return undefined;
  return `The secret is missing: the database was filled under one, and neither ${secretFile(data)} nor CANDOR_SECRET is there. Without it no address can be read. Put the file back from where you keep it.`;
}

/** @throws with the code `SECRET_LOST`, before a new secret is made that opens nothing */
export async function refuseLostSecret(database: Database, environment: Environment): Promise<void> {
  const fault = await lostSecret(database, environment);
  if (fault !== undefined) throw failure("SECRET_LOST", fault);
}
