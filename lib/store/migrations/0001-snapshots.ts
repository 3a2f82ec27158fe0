import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/** Takes over the tables of the time before there were migrations: they stand as they are, and get the new columns. */
export const snapshots: Migration = {
  name: "0001-snapshots",
  async up(transaction, { id, whole, bytes, end }) {
    await sql`create table if not exists snapshot (
      id ${id},
      version text not null,
      published_at ${whole} not null,
      published_by text not null,
      entries ${whole} not null,
      content ${bytes} not null
    ) ${end}`.execute(transaction);
    await sql`create table if not exists image (
      hash text primary key,
      type text not null,
      bytes ${bytes} not null
    ) ${end}`.execute(transaction);
    await sql`create table meta (
      key text primary key,
      value text not null
    ) ${end}`.execute(transaction);
    await sql`alter table snapshot add column git_commit text`.execute(transaction);
    await sql`alter table snapshot add column is_quiet ${whole} not null default 0`.execute(transaction);
    for (const name of ["git_is_dirty", "restores", "added", "changed", "removed"]) {
      await sql`alter table snapshot add column ${sql.ref(name)} ${whole}`.execute(transaction);
    }
  },
};
