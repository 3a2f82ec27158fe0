import { existsSync } from "node:fs";
import { copyFile as copyBytes, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { takeOverTokens } from "#lib/access/old-tokens.ts";
import { existingVault, vaultOf } from "#lib/access/open-vault.ts";
import { readSecrets } from "#lib/access/secret.ts";
import { failure, isFailure } from "#lib/model/failure.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { type CarriedOver, type Forward, readForward } from "#lib/store/carry-over.ts";
import { storedHead } from "#lib/store/chain.ts";
import { copyFile } from "#lib/store/copy-file.ts";
import { copyRows } from "#lib/store/copy-rows.ts";
import { fileDamage, findDamage } from "#lib/store/damage.ts";
import { startedOn } from "#lib/store/data-lock.ts";
import { openDatabase } from "#lib/store/database.ts";
import type { Database } from "#lib/store/dialect.ts";
import { hasLiving } from "#lib/store/subscriptions.ts";
import { verifyLedger } from "#lib/store/verify/verify.ts";
import { openErasures, readErasures } from "./erasures.ts";

/**
 * Writes everything the database holds, as it is at one moment, into one SQLite file, whichever of the two databases it
 * is. Servers and workers go on meanwhile.
 * @param now milliseconds since the epoch: the name, where none is given
 * @returns where the backup is
 * @throws when there is such a file already; with the code `BACKUP` when what was written, read back, is damaged
 */
export async function backUp(environment: Environment, now: number, file?: string): Promise<string> {
  const to = file ?? join(environment.data, "backups", `candor-${stamp(now)}.db`);
  if (existsSync(to)) throw expected(`There is a file ${to} already. Name another one.`);
  await using database = await openDatabase(databaseOf(environment));
  await takeOverTokens(database, environment.data);
  await mkdir(dirname(to), { recursive: true });
  await writeAll(database, to);
  await verifyBackup(to, environment);
  await openErasures(database, await vaultOf(database, await readSecrets(environment)), environment.data).keep();
  return to;
}

/** Reads a backup back, every page and every snapshot of it: one that cannot be restored is none. */
async function verifyBackup(file: string, environment: Environment): Promise<void> {
  await using copy = await openDatabase(file);
  const fault = await fileDamage(copy);
  const damaged = [...(fault === undefined ? await findDamage(copy) : [fault])];
  await existingVault(copy, await readSecrets(environment));
  if (damaged.length === 0) damaged.push(...(await verifyLedger(copy)).faults);
  if (damaged.length === 0) return;
  const message = `Everything that can be read is in ${file}, but some of it is damaged, in the database as well or on the way: ${damaged.slice(0, 20).join(", ")}. Keep your older backups, look at the disk, and see “npm run candor -- doctor”.`;
  throw expected(message);
}

export interface RestoreOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Also while others have the database open. */
  readonly isForced: boolean;
  /** Also where nothing says who has left or was erased since the backup. */
  readonly withoutErasures?: boolean;
}

/** What a restoration came to. */
export interface Restored {
  /** Where what was there before is kept. */
  readonly kept: string;
  /** What the backup did not know, and the restored database does. */
  readonly carried: CarriedOver;
}

/**
 * Puts what a backup holds in the place of everything in the environment's database, of whichever kind each of them is,
 * in one transaction. What was there is backed up first. That it was restored is noted, so that nothing old is sent.
 * What may only move forward stays as it is: who has left or was erased, what subscribers were told, and which tokens there
 * are: those that the backup alone knows are added.
 * @throws when the file is no sound backup, or somebody has the database open; with the code `NO_ERASURES` when nobody
 *   can say who has left or was erased since the backup
 */
export async function restore(environment: Environment, file: string, options: RestoreOptions): Promise<Restored> {
  if (!existsSync(file)) throw expected(`There is no file ${file}.`);
  const draft = join(environment.data, `restoring-${crypto.randomUUID()}.db`);
  await mkdir(environment.data, { recursive: true });
  try {
    // A copy is brought to the present form; the backup itself stays as it is.
    await copyBytes(file, draft);
    await using backup = await openSound(draft, file);
    // Without its secret nobody could be told anything any more; and its ledger is written with its own key.
    await vaultOf(backup, await readSecrets(environment));
    await using database = await openDatabase(databaseOf(environment));
    await takeOverTokens(database, environment.data);
    if (!options.isForced && (await database.isShared())) {
      const pid = startedOn(environment.data);
      const how = pid === undefined ? "" : ` It is process ${pid}: “kill ${pid}” lets it end in good order.`;
      const remedy = `Stop every server and worker first: Ctrl+C where “npm start” runs, or the stop command of the service (“systemctl stop candor”).${how} Or say --force: they then see the change at once.`;
      throw expected(`Somebody else has the database open. ${remedy}`);
    }
    const forward = await forwardOf(environment, database, backup, options);
    const kept = join(environment.data, "backups", `before-restore-${stamp(options.now)}.db`);
    await mkdir(dirname(kept), { recursive: true });
    await writeAll(database, kept);
    const carried = await copyRows(backup, database, { at: options.now, forward });
    return { kept, carried };
  } finally {
    for (const suffix of ["", "-wal", "-shm", "-journal"]) await rm(draft + suffix, { force: true });
  }
}

/** What must not be lost: of the database in hand, and of the list beside it. @throws when there is neither */
async function forwardOf(
  environment: Environment,
  database: Database,
  backup: Database,
  { withoutErasures }: RestoreOptions,
): Promise<Forward> {
  const inHand = await readForward(database, backup);
  if (!(await hasLiving(backup))) return inHand;
  const listed = await readErasures(await vaultOf(backup, await readSecrets(environment)), environment.data);
  const hasDatabase = ((await storedHead(database.query))?.seq ?? 0) > 0;
  if (!(hasDatabase || listed || withoutErasures)) {
    const message =
      "There is no database in hand, and no list of erasures in the data folder (erasures.json): who has left or was erased since this backup was made, would be written to again.";
    throw failure("NO_ERASURES", `${message} Nothing was restored. Put the list there, or say --without-erasures.`);
  }
  return { ...inHand, ended: [...(listed ?? []), ...inHand.ended] };
}

/** Opens a backup and looks at every page of it. */
async function openSound(draft: string, file: string): Promise<Database> {
  const unsound = (why: string) => expected(`${file} is no backup of Candor, or it is damaged (${why}).`);
  const database = await openDatabase(draft).catch((error: unknown) => {
    if (isFailure(error, "DATABASE_IS_NEWER")) throw error;
    throw unsound(error instanceof Error ? error.message : String(error));
  });
  const fault = await fileDamage(database);
  if (fault === undefined) return database;
  await database.close();
  throw unsound(fault);
}

async function writeAll(database: Database, to: string): Promise<void> {
  if (database.kind === "sqlite") return await copyFile(database, to);
  const draft = `${to}.${crypto.randomUUID()}`;
  try {
    const copy = await openDatabase(draft);
    await copyRows(database, copy).finally(() => copy.close());
    await rename(draft, to);
  } finally {
    for (const suffix of ["", "-wal", "-shm"]) await rm(draft + suffix, { force: true });
  }
}

/** A moment as part of a file's name. */
function stamp(now: number): string {
  return new Date(now).toISOString().slice(0, 19).replaceAll(":", "-");
}

function expected(message: string): Error {
  return failure("BACKUP", message);
}
