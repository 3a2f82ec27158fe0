import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { sql } from "kysely";
import { expect, test } from "vitest";
import type { Row } from "#lib/store/dialect.ts";
import { storesOf } from "../databases.ts";
import { TABLES, type Table, type Tampered, tamperedWorld } from "./tampered-world.ts";

type Way = (world: Tampered) => Promise<unknown>;

/** One statement. */
const say =
  (...[text, ...values]: Parameters<typeof sql>): Way =>
  (world) =>
    world.run(sql(text, ...values));

/** Whoever has the database changes a value, a row, or what the ledger says. */
const WITH_DATABASE: Readonly<Record<string, Way>> = {
  "snapshot.removed": say`update snapshot set removed = 0`,
  "snapshot.published_by": say`update snapshot set published_by = 'eve'`,
  "snapshot.content": (world) => world.run(sql`update snapshot set content = ${Buffer.from("other")}`),
  "a snapshot removed": say`delete from snapshot`,
  "image.bytes": (world) => world.run(sql`update image set bytes = ${Buffer.from([1, 2, 4])}`),
  "image.type": say`update image set type = 'text/html'`,
  "known_event.data": say`update known_event set data = '{}' where id = (select min(id) from known_event)`,
  "a known event removed": say`delete from known_event where id = (select min(id) from known_event)`,
  "a known event added": say`insert into known_event (id, data) values ('zzz', '{}')`,
  "notice.made_by": say`update notice set made_by = 'eve'`,
  "notice.data": say`update notice set data = '{}' where id = (select min(id) from notice)`,
  "a notice removed": say`delete from notice where id = (select min(id) from notice)`,
  "subscription.source": say`update subscription set source = 'import' where ended_why is null`,
  "subscription.state": say`update subscription set state = 'ended' where state = 'active'`,
  "subscription.components": say`update subscription set components = '["none"]' where state = 'active'`,
  "subscription.confirmed_at": say`update subscription set confirmed_at = 1 where state = 'active'`,
  "subscription.ended_why": say`update subscription set ended_why = 'asked for it' where state = 'ended'`,
  "one address put in another's place": say`update subscription set address = (
    select address from subscription where address is not null order by id limit 1)
    where id = (select id from subscription where address is not null order by id desc limit 1)`,
  "subscription.address": say`update subscription set address = 'plain' where state = 'active'`,
  "a subscription removed": say`delete from subscription where id = (select min(id) from subscription)`,
  "a subscription added": say`insert into subscription
    (id, channel, subscriber, components, topics, least_impact, state, created_at, source)
    values ('zzz', 'webhook', 'nobody', '[]', 7, 0, 'active', 1, 'form')`,
  "an erased one given an address again": say`update subscription set address = (
    select address from subscription where address is not null order by id limit 1) where ended_why = 'erased'`,
  "seal.sealed_at": say`update seal set sealed_at = sealed_at + 1`,
  "seal.rendering with its hash": say`update seal set rendering = 'x',
    rendering_hash = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'`,
  "seal.state, without a second person": say`update seal set state = 'open' where state = 'awaiting_approval'`,
  "seal.approved_by": say`update seal set approved_by = 'eve' where state = 'awaiting_approval'`,
  "seal.accepted": say`update seal set accepted = accepted + 1`,
  "seal.why": say`update seal set why = 'nothing'`,
  "a seal removed": say`delete from seal where state = 'awaiting_approval'`,
  "delivery.detail": say`update delivery set detail = '250 other' where state = 'accepted'`,
  "delivery.state with its counts": (world) =>
    world
      .run(sql`update delivery set state = 'accepted' where state = 'unknown'`)
      .then(() => world.run(sql`update seal set accepted = accepted + 1, unknown = 0 where unknown = 1`)),
  "delivery.settled_at": say`update delivery set settled_at = 1 where state = 'accepted'`,
  "delivery.detail of one taken back": say`update delivery set detail = 'other' where state = 'withdrawn'`,
  "delivery.subscriber": say`update delivery set subscriber = 'nobody' where state = 'queued'`,
  "a waiting delivery said to be done": say`update delivery set state = 'accepted', settled_at = 1, detail = '250'
    where id = (select min(id) from delivery where state = 'queued')`,
  "a delivery removed": say`delete from delivery where id = (select min(id) from delivery)`,
  "a delivery added": say`insert into delivery (notice, channel, subscription, subscriber, proof, wave, state, due_at)
    select notice, channel, 'zzz', subscriber, proof, wave, 'queued', 0 from delivery where state = 'queued' limit 1`,
  "halt.lifted_by": say`update halt set lifted_by = 'eve'`,
  "halt.lifted_at": say`update halt set lifted_at = null, lifted_by = null`,
  "a halt removed": say`delete from halt`,
  "a halt added": say`insert into halt (scope, why, halted_at, halted_by) values ('all', 'never', 1, 'eve')`,
  "live_event.data": say`update live_event set data = '{"a":1}'`,
  "live_event.key": say`update live_event set key = 'other'`,
  "a live event added": say`insert into live_event (key, at, kind, snapshot, components, data)
    values ('zzz', 1, 'clear', 0, '[]', '{}')`,
  "board.sent": say`update board set sent = sent + 1`,
  "board.components": say`update board set components = '[]'`,
  "a board removed": say`delete from board`,
  "an entry's data": say`update ledger set data = '{}' where seq = 3`,
  "an entry removed": say`delete from ledger where seq = 3`,
  "the last entry removed": say`delete from ledger where seq = (select max(seq) from ledger)`,
  "the whole ledger removed": say`delete from ledger`,
  "the head removed": say`delete from meta where key = 'ledger_head'`,
  "the ledger and its head removed": (world) =>
    world.run(sql`delete from ledger`).then(() => world.run(sql`delete from meta where key = 'ledger_head'`)),
  "the key removed": say`delete from meta where key = 'vault_root'`,
};

const isAnswer = ({ kind, data }: Row) => kind === "attempted" && String(data).includes("250 first");

/** Another answer, in its entry as well as in the queue. */
async function otherAnswer(world: Tampered) {
  await world.run(sql`update delivery set detail = '250 other' where detail = '250 first'`);
  const entries = await world.entries();
  const changed = entries.map((entry) =>
    isAnswer(entry) ? { ...entry, data: String(entry["data"]).replace("250 first", "250 other") } : entry,
  );
  return { changed, from: entries.findIndex(isAnswer) };
}

/** Other words, with every hash that can be made of them. */
async function otherWords(world: Tampered) {
  const hash = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
  const [seal] = await world.rows("seal");
  await world.run(sql`update seal set rendering = 'x', rendering_hash = ${hash} where notice = ${seal?.["notice"]}`);
  const entries = await world.entries();
  const isOf = (entry: Row) => entry["kind"] === "sealed" && entry["notice"] === seal?.["notice"];
  const changed = entries.map((entry) =>
    isOf(entry) ? { ...entry, data: String(entry["data"]).replace(String(seal?.["rendering_hash"]), hash) } : entry,
  );
  return { changed, from: entries.findIndex(isOf) };
}

/** An attempt that never was. */
async function noAttempt(world: Tampered) {
  await world.run(
    sql`update delivery set state = 'queued', settled_at = null, detail = null, attempts = 0 where detail = '250 first'`,
  );
  const entries = await world.entries();
  return { changed: entries.filter((entry) => !isAnswer(entry)), from: entries.findIndex(isAnswer) };
}

const keepMac = (seq: number, hash: string, { mac }: Row) => ({ seq, hash, mac });

/** Everything is made anew that can be without the secret: the chain with plain hashes, and where it ends. */
const RECHAINED: Readonly<Record<string, Way>> = {
  "an answer": async (world) => {
    const { changed, from } = await otherAnswer(world);
    await world.rechain(changed, from);
  },
  "an answer, with the head's old MAC": async (world) => {
    const { changed, from } = await otherAnswer(world);
    await world.rechain(changed, from, keepMac);
  },
  "an answer, with the whole chain plain": async (world) => world.rechain((await otherAnswer(world)).changed),
  "an answer, with the chain said to be keyed behind it": async (world) => {
    const { changed } = await otherAnswer(world);
    await world.rechain([...changed, keying(changed)]);
  },
  "an answer, with the key removed": async (world) => {
    await world.rechain((await otherAnswer(world)).changed);
    await world.run(sql`delete from meta where key = 'vault_root'`);
  },
  "the words": async (world) => {
    const { changed, from } = await otherWords(world);
    await world.rechain(changed, from);
  },
  "the words, with the whole chain plain": async (world) => world.rechain((await otherWords(world)).changed),
  "an attempt removed": async (world) => {
    const { changed, from } = await noAttempt(world);
    await world.rechain(changed, from);
  },
  "an attempt removed, with the whole chain plain": async (world) => world.rechain((await noAttempt(world)).changed),
  "an entry added": async (world) => {
    const entries = await world.entries();
    await world.rechain([...entries, { ...entries.at(-1), kind: "approved" }], entries.length);
  },
  "the end cut off": async (world) => {
    const entries = (await world.entries()).slice(0, -2);
    await world.rechain(entries, entries.length, (seq) => ({ seq, hash: entries.at(-1)?.["hash"] }));
  },
  "the end cut off, with the head's old MAC": async (world) => {
    const entries = (await world.entries()).slice(0, -2);
    const head = (seq: number, _: string, { mac }: Row) => ({ seq, hash: entries.at(-1)?.["hash"], mac });
    await world.rechain(entries, entries.length, head);
  },
};

function keying(entries: readonly Row[]): Row {
  const data = JSON.stringify({ plain: entries.length });
  return { ...entries.at(-1), kind: "keyed", notice: null, channel: null, subscriber: null, delivery: null, data };
}

test.each(storesOf("changes in the database", 1))(
  "what is changed in the database alone is found, on %s",
  async (kind) => {
    const world = await tamperedWorld(kind);
    for (const [name, way] of Object.entries({ ...WITH_DATABASE, ...RECHAINED })) await expectFound(world, name, way);
  },
);

test.each(storesOf("changes in the database and the file", 1))(
  "with the data folder changed as well it is found, on %s",
  async (kind) => {
    const world = await tamperedWorld(kind);
    for (const [name, way] of Object.entries({ ...WITH_DATABASE, ...RECHAINED })) {
      const follow = async () => (name.includes("removed") ? world.removeFile() : await world.followWithFile());
      await expectFound(world, `${name}, and the file`, (each) => way(each).then(follow));
      // The ledger emptied together with every trace of it beside is like a database that never had one: its tables say more.
      await expectFound(world, `${name}, without the file`, (each) => way(each).then(() => world.removeFile()));
    }
  },
);

test("a head of the one place is none in the other", async () => {
  const world = await tamperedWorld("sqlite");
  const file = readFileSync(world.headFile, "utf8");
  const put = () => world.run(sql`update meta set value = ${file} where key = 'ledger_head'`);
  await expectFound(world, "the file's head in the database", put);
  await expectFound(world, "the database's head in the file", () => world.followWithFile());
  writeFileSync(world.headFile, '{"seq":0,"hash":""}');
  expect((await world.verified()).faults).toEqual([expect.stringContaining("was not written with the key")]);
});

/** The guide's table: of each table what the ledger does not answer for. */
function uncovered(): Map<Table, readonly string[]> {
  const guide = readFileSync(resolve(import.meta.dirname, "../../docs/guides/delivery.md"), "utf8");
  const lines = guide.split("\n").filter((line) => /^\| `(?!letter)/.test(line));
  const namesIn = (cell = "") => Array.from(cell.matchAll(/`(\w+)`/g), ([, name = ""]) => name);
  return new Map(
    lines.flatMap((line) => {
      const [, tables, , not] = line.split("|");
      return namesIn(tables).map((table) => [table as Table, namesIn(not)] as const);
    }),
  );
}

/** Another value of the same kind for a column: in the first row that has one, or in any. */
async function alter(world: Tampered, table: Table, column: string): Promise<void> {
  const rows = await world.rows(table);
  const at = Math.max(
    rows.findIndex((row) => row[column] !== null),
    0,
  );
  const [row, name] = [rows[at] ?? {}, sql.ref(column)];
  const where = sql.join(
    Object.entries(row)
      .filter(([, value]) => value !== null && !(value instanceof Uint8Array))
      .map(([key, value]) => sql`${sql.ref(key)} = ${value}`),
    sql` and `,
  );
  await world.run(
    sql`update ${sql.table(table)} set ${name} = ${await other(world, table, column, row[column])} where ${where}`,
  );
}

async function other(world: Tampered, table: Table, column: string, value: unknown): Promise<unknown> {
  if (value instanceof Uint8Array) return Buffer.from("other");
  if (typeof value === "number") return value + 1_000;
  if (typeof value === "string") return /^[[{]/.test(value) ? value.replace(/.$/, " $&") : `${value}x`;
  return (await world.isText(table, column)) ? "x" : 1_000;
}

test.each(storesOf("columns of the tables that the ledger answers for", 1))(
  "each column is held against the ledger, or the guide says that it is not, on %s",
  async (kind) => {
    const world = await tamperedWorld(kind);
    const wrong: string[] = [];
    const tables = uncovered();
    expect([...tables.keys()].toSorted()).toEqual(TABLES.filter((table) => table !== "meta").toSorted());
    for (const [table, not] of tables) {
      const columns = await world.columns(table);
      expect(columns, table).toEqual(expect.arrayContaining([...not]));
      for (const column of columns) {
        await alter(world, table, column);
        const isFound = (await world.verified()).faults.length > 0;
        if (isFound === not.includes(column)) wrong.push(`${table}.${column} is ${isFound ? "found" : "not found"}`);
        await world.restore();
      }
    }
    expect(wrong).toEqual([]);
    expect((await world.verified()).faults).toEqual([]);
  },
  240_000,
);

async function expectFound(world: Tampered, name: string, way: Way): Promise<void> {
  await way(world);
  const { faults } = await world.verified();
  expect(faults, name).not.toEqual([]);
  await world.restore();
  expect((await world.verified()).faults, `after ${name}`).toEqual([]);
}
