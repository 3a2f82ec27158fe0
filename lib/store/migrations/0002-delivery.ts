import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/** Subscriptions, what is known and told, the deliveries and their ledger. */
export const delivery: Migration = {
  name: "0002-delivery",
  async up(transaction, { id, whole, end }) {
    const run = (statement: ReturnType<typeof sql>) => statement.execute(transaction);

    await run(sql`create table subscription (
      id text primary key,
      channel text not null,
      subscriber text not null,
      address text,
      signing_secret text,
      components text not null,
      topics ${whole} not null,
      least_impact ${whole} not null,
      state text not null,
      created_at ${whole} not null,
      confirmed_at ${whole},
      ended_at ${whole},
      ended_why text,
      failures ${whole} not null default 0,
      failing_since ${whole},
      source text not null,
      unique (channel, subscriber)
    ) ${end}`);
    await run(sql`create index subscription_by_channel on subscription (channel, state, id)`);

    await run(sql`create table known_event (
      id text primary key,
      data text not null
    ) ${end}`);

    await run(sql`create table notice (
      id text primary key,
      key text not null unique,
      kind text not null,
      event text not null,
      slug text not null,
      snapshot ${whole},
      corrects text,
      made_at ${whole} not null,
      made_by text not null,
      data text not null
    ) ${end}`);
    await run(sql`create index notice_by_time on notice (made_at)`);
    await run(sql`create index notice_by_event on notice (event, made_at)`);

    await run(sql`create table seal (
      notice text not null,
      channel text not null,
      rendering text not null,
      rendering_hash text not null,
      recipients ${whole} not null,
      recipients_hash text not null,
      wave ${whole} not null,
      state text not null,
      why text,
      approved_by text,
      accepted ${whole} not null default 0,
      failed ${whole} not null default 0,
      unknown ${whole} not null default 0,
      sealed_at ${whole} not null,
      primary key (notice, channel)
    ) ${end}`);
    await run(sql`create index seal_by_state on seal (state)`);

    await run(sql`create table delivery (
      id ${id},
      notice text not null,
      channel text not null,
      subscription text not null,
      subscriber text not null,
      proof text not null,
      wave ${whole} not null,
      state text not null,
      attempts ${whole} not null default 0,
      due_at ${whole} not null,
      worker text,
      claimed_at ${whole},
      settled_at ${whole},
      detail text,
      unique (notice, subscription)
    ) ${end}`);
    await run(sql`create index delivery_queue on delivery (notice, channel, state, wave, due_at)`);
    await run(sql`create index delivery_by_subscriber on delivery (subscriber)`);
    await run(sql`create index delivery_sending on delivery (worker) where state = 'sending'`);

    await run(sql`create table ledger (
      seq ${whole} primary key,
      at ${whole} not null,
      kind text not null,
      notice text,
      channel text,
      subscriber text,
      delivery ${whole},
      data text not null,
      hash text not null
    ) ${end}`);
    await run(sql`create index ledger_by_notice on ledger (notice)`);
    await run(sql`create index ledger_by_subscriber on ledger (subscriber)`);

    await run(sql`create table halt (
      id ${id},
      scope text not null,
      why text not null,
      halted_at ${whole} not null,
      halted_by text not null,
      lifted_at ${whole},
      lifted_by text
    ) ${end}`);

    await run(sql`create table worker (
      id text primary key,
      started_at ${whole} not null,
      seen_at ${whole} not null
    ) ${end}`);

    await run(sql`create table letter (
      id text primary key,
      subscription text not null,
      kind text not null,
      state text not null,
      attempts ${whole} not null default 0,
      due_at ${whole} not null,
      made_at ${whole} not null
    ) ${end}`);
    await run(sql`create index letter_queue on letter (state, due_at)`);
  },
};
