import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/** What servers on several machines have in common besides what is published: it lay in files of one machine before. */
export const shared: Migration = {
  name: "0010-shared",
  async up(transaction, { end, whole }) {
    await sql`create table token (
      hash text primary key,
      name text not null,
      role text not null,
      email text,
      added_at ${whole} not null,
      expires_on text,
      used_on text,
      removed_on text
    ) ${end}`.execute(transaction);
    await sql`create unique index token_name on token (name) where removed_on is null`.execute(transaction);
    await sql`create table request_key (
      id text primary key,
      asked text,
      answer text,
      at ${whole} not null
    ) ${end}`.execute(transaction);
    await sql`create table operator_session (
      id text primary key,
      token text not null,
      ends_at ${whole} not null,
      notice text,
      carried text
    ) ${end}`.execute(transaction);
    await sql`create table alert_group (
      id text primary key,
      slug text,
      firing text not null,
      ended text not null
    ) ${end}`.execute(transaction);
  },
};
