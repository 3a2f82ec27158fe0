import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/** What subscribers chose of how often and when; the texts that not everybody gets; and which message told of what waited. */
export const timing: Migration = {
  name: "0007-timing",
  async up(transaction, { whole, end }) {
    const run = (statement: ReturnType<typeof sql>) => statement.execute(transaction);
    await run(sql`alter table subscription add column ends_only ${whole} not null default 0`);
    await run(sql`alter table subscription add column every_minutes ${whole} not null default 0`);
    await run(sql`alter table subscription add column quiet text`);
    await run(sql`alter table subscription add column weekly ${whole} not null default 0`);
    await run(sql`alter table subscription add column zone text`);
    await run(sql`create table rendering (
      notice text not null,
      channel text not null,
      hash text not null,
      body text not null,
      primary key (notice, channel, hash)
    ) ${end}`);
    await run(sql`alter table delivery add column text text`);
    await run(sql`alter table delivery add column combined text`);
    await run(sql`alter table delivery add column combined_proof text`);
    await run(sql`alter table delivery add column bundle text`);
    await run(sql`alter table delivery add column carried_by text`);
    await run(sql`alter table delivery add column answers text`);
    await run(sql`alter table delivery add column expires_at ${whole}`);
    await run(sql`create index delivery_waiting on delivery (subscription, state) where bundle is not null`);
    await run(sql`create index delivery_carried on delivery (subscription, carried_by) where carried_by is not null`);
  },
};
