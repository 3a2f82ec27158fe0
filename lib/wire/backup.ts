import { existsSync } from "node:fs";
import { copyFile as copyBytes, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sql } from "kysely";
import { copyFile } from "#lib/store/copy-file.ts";
import { copyRows } from "#lib/store/copy-rows.ts";
import { openDatabase } from "#lib/store/database.ts";
import type { Database } from "#lib/store/dialect.ts";
import { databaseOf, type Environment } from "./environment.ts";

/**
 * Writes everything the database holds, as it is at one moment, into one SQLite file, whichever of the two databases it
 * is. Servers and workers go on meanwhile.
 * @param now milliseconds since the epoch: the name, where none is given
 * @returns where the backup is
 * @throws when there is such a file already
 */
export async function backUp(environment: Environment, now: number, file?: string): Promise<string> {
  const to = file ?? join(environment.data, "backups", `candor-${stamp(now)}.db`);
  if (existsSync(to)) throw expected(`There is a file ${to} already. Name another one.`);
  await using database = await openDatabase(databaseOf(environment));
  await mkdir(dirname(to), { recursive: true });
  await writeAll(database, to);
  return to;
}

export interface RestoreOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Also while others have the database open. */
  readonly isForced: boolean;
}

/**
 * Puts what a backup holds in the place of everything in the environment's database, of whichever kind each of them is,
 * in one transaction. What was there is backed up first. That it was restored is noted, so that nothing old is sent.
 * @returns where what was there before is kept
 * @throws when the file is no sound backup, or somebody has the database open
 */
export async function restore(environment: Environment, file: string, options: RestoreOptions): Promise<string> {
  if (!existsSync(file)) throw expected(`There is no file ${file}.`);
  const draft = join(environment.data, `restoring-${crypto.randomUUID()}.db`);
  await mkdir(environment.data, { recursive: true });
  try {
    // A copy is brought to the present form; the backup itself stays as it is.
    await copyBytes(file, draft);
    await using backup = await openSound(draft, file);
    await using database = await openDatabase(databaseOf(environment));
    if (!options.isForced && (await database.isShared())) {
      const remedy = "Stop every server and worker first, or say --force: they then see the change at once.";
      throw expected(`Somebody else has the database open. ${remedy}`);
    }
    const kept = join(environment.data, "backups", `before-restore-${stamp(options.now)}.db`);
    await mkdir(dirname(kept), { recursive: true });
    await writeAll(database, kept);
    await copyRows(backup, database, options.now);
    return kept;
  } finally {
    for (const suffix of ["", "-wal", "-shm", "-journal"]) await rm(draft + suffix, { force: true });
  }
}

/** Opens a backup and looks at every page of it. */
async function openSound(draft: string, file: string): Promise<Database> {
  const unsound = (why: string) => expected(`${file} is no backup of Candor, or it is damaged (${why}).`);
  const database = await openDatabase(draft).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "DATABASE_IS_NEWER") throw error;
    throw unsound(error instanceof Error ? error.message : String(error));
  });
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(database.query);
  const fault = rows[0]?.integrity_check;
  if (fault === "ok") return database;
  await database.close();
  throw unsound(fault ?? "nothing is known of it");
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
  return Object.assign(new Error(message), { code: "BACKUP" });
}
