import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/** What a WebSub hub is yet to be told of, one row a feed. */
export const hub: Migration = {
  name: "0005-hub",
  async up(transaction, { whole, end }) {
    await sql`create table hub_ping (
      topic text primary key,
      state text not null,
      attempts ${whole} not null default 0,
      due_at ${whole} not null,
      made_at ${whole} not null
    ) ${end}`.execute(transaction);
    await sql`create index hub_ping_queue on hub_ping (state, due_at)`.execute(transaction);
  },
};
