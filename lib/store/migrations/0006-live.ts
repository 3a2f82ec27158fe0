import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/** What is pushed to those who are connected, in one order for all servers; and the wallboards there are. */
export const live: Migration = {
  name: "0006-live",
  async up(transaction, { id, whole, end }) {
    await sql`create table live_event (
      id ${id},
      key text not null unique,
      at ${whole} not null,
      kind text not null,
      snapshot ${whole} not null,
      components text not null,
      board text,
      data text not null
    ) ${end}`.execute(transaction);
    await sql`create table board (
      id text primary key,
      components text not null,
      server text not null,
      opened_at ${whole} not null,
      seen_at ${whole} not null,
      is_open ${whole} not null,
      sent ${whole} not null,
      obeyed ${whole} not null
    ) ${end}`.execute(transaction);
    await sql`create index board_by_server on board (server)`.execute(transaction);
  },
};
