import { sql } from "kysely";
import { failure } from "#lib/model/failure.ts";
import { copyFile } from "./copy-file.ts";
import type { Database } from "./dialect.ts";
import { snapshots } from "./migrations/0001-snapshots.ts";
import { delivery } from "./migrations/0002-delivery.ts";
import { contact } from "./migrations/0004-contact.ts";
import { hub } from "./migrations/0005-hub.ts";
import { live } from "./migrations/0006-live.ts";
import { timing } from "./migrations/0007-timing.ts";
import { witness } from "./migrations/0008-witness.ts";
import { receiver } from "./migrations/0009-receiver.ts";
import { shared } from "./migrations/0010-shared.ts";
import type { Migration } from "./migrations/migration.ts";

/** Every migration in the order of its number. A new one is a file and a line here. */
export const MIGRATIONS: readonly Migration[] = [
  snapshots,
  delivery,
  contact,
  hub,
  live,
  timing,
  witness,
  receiver,
  shared,
];

/**
 * Brings the tables to what this program works with, each step whole or not at all, whoever else does the same at the
 * same time. An existing SQLite file is copied first.
 * @throws when a newer program has had the database
 */
export async function migrate(database: Database, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  const first = (await pendingMigrations(database, migrations))[0];
  if (!first) return;
  const isNew = (await database.query.introspection.getTables()).length === 0;
  if (database.file !== undefined && !isNew) await copyFile(database, `${database.file}.before-${first.name}`);
  for (const migration of migrations) {
    await database.transaction(async (transaction) => {
      await database.lock(transaction, "migrations");
      await sql`create table if not exists migration (name text primary key) ${database.words.end}`.execute(
        transaction,
      );
      const { rows } = await sql`select 1 from migration where name = ${migration.name}`.execute(transaction);
      if (rows.length > 0) return;
      await migration.up(transaction, database.words);
      await sql`insert into migration (name) values (${migration.name})`.execute(transaction);
    });
  }
}

/**
 * The migrations that a database has not taken yet, oldest first.
 * @throws when a newer program has had it
 */
export async function pendingMigrations(
  database: Database,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<readonly Migration[]> {
  const taken = await migrationsOf(database);
  const known = new Set(migrations.map(({ name }) => name));
  const foreign = taken.find((name) => !known.has(name));
  if (foreign !== undefined) {
    const message = `A newer Candor has worked with this database (${foreign}). Use that one, or restore a backup that is older.`;
    throw failure("DATABASE_IS_NEWER", message);
  }
  return migrations.filter(({ name }) => !taken.includes(name));
}

/** The names of the migrations that a database has taken, oldest first. */
async function migrationsOf({ query }: Database): Promise<string[]> {
  const tables = await query.introspection.getTables();
  if (!tables.some(({ name }) => name === "migration")) return [];
  const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(query);
  return rows.map(({ name }) => name);
}
