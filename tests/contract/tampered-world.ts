import { hash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, onTestFinished } from "vitest";
import { openStore } from "#lib/access/open-vault.ts";
import { ledgerCheckpoint } from "#lib/delivery/ledger-checkpoint.ts";
import { type Verified, verifyAll } from "#lib/delivery/verify.ts";
import { NOTICE_CONFIG } from "#lib/model/config.ts";
import type { Answer } from "#lib/model/delivery.ts";
import { type Environment, readEnvironment } from "#lib/settings/environment.ts";
import { noteBoards } from "#lib/store/boards.ts";
import { noteReturned } from "#lib/store/bounces.ts";
import type { Database, Row } from "#lib/store/dialect.ts";
import { halt, lift } from "#lib/store/halts.ts";
import { noteLive } from "#lib/store/live.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { releaseSeals, stopSeal } from "#lib/store/waves.ts";
import { withdrawNotice } from "#lib/store/withdraw.ts";
import { newLocation, type STORES } from "../databases.ts";
import { Office, plainChannel } from "../delivery/world.ts";
import { said } from "../notices/world.ts";

export const TABLES = [
  ...(["snapshot", "image", "meta", "subscription", "known_event", "notice", "seal", "delivery", "ledger"] as const),
  ...(["halt", "live_event", "board", "rendering"] as const),
];
export type Table = (typeof TABLES)[number];

/** A database with facts of every kind, in the hands of somebody who has all of it but the secret. */
export class Tampered {
  readonly database: Database;
  readonly environment: Environment;
  readonly #saved = new Map<Table, readonly Row[]>();
  #head = "";

  constructor(database: Database, environment: Environment) {
    this.database = database;
    this.environment = environment;
  }

  get headFile(): string {
    return join(this.environment.data, "ledger-head.json");
  }

  async rows(table: Table): Promise<Row[]> {
    const { rows } = await sql<Row>`select * from ${sql.table(table)}`.execute(this.database.query);
    return rows;
  }

  /** The columns of a table, in its own order. */
  async columns(table: Table): Promise<string[]> {
    return Object.keys((await this.rows(table))[0] ?? {});
  }

  /** Whether a column holds text, whatever is in it. */
  async isText(table: Table, column: string): Promise<boolean> {
    const tables = await this.database.query.introspection.getTables();
    const found = tables.find(({ name }) => name === table)?.columns.find(({ name }) => name === column);
    return /text|char/i.test(found?.dataType ?? "");
  }

  async run(statement: ReturnType<typeof sql>): Promise<void> {
    await statement.execute(this.database.query);
  }

  async save(): Promise<void> {
    for (const table of TABLES) this.#saved.set(table, await this.rows(table));
    this.#head = readFileSync(this.headFile, "utf8");
  }

  async restore(): Promise<void> {
    await this.database.transaction(async (transaction) => {
      for (const [table, rows] of this.#saved) {
        await sql`delete from ${sql.table(table)}`.execute(transaction);
        await this.database.insertMany(transaction, table, rows as never);
      }
    });
    writeFileSync(this.headFile, this.#head);
  }

  /** What a person finds out who opens everything anew. */
  async verified(): Promise<Verified> {
    const { database, vault } = await openStore(this.environment);
    try {
      return await verifyAll(database, vault, this.environment.data);
    } finally {
      await database.close();
    }
  }

  /** The ledger in its order, to be changed and put back. */
  async entries(): Promise<Row[]> {
    return (await this.rows("ledger")).toSorted((a, b) => Number(a["seq"]) - Number(b["seq"]));
  }

  /**
   * Puts entries in the place of the ledger, numbered and bound to each other anew as far as that takes no key: from `from`
   * on with plain hashes. The end says what `head` makes of it.
   */
  async rechain(
    entries: readonly Row[],
    from = 0,
    head: (seq: number, hash: string, old: Row) => object = (seq, text) => ({ seq, hash: text }),
  ): Promise<void> {
    let previous = from === 0 ? "0".repeat(64) : String(entries[from - 1]?.["hash"]);
    const rows = entries.map((entry, index) => {
      if (index < from) return entry;
      const seq = index + 1;
      const { at, kind, notice, channel, subscriber, delivery, data } = entry;
      previous = hash("sha256", JSON.stringify([previous, seq, at, kind, notice, channel, subscriber, delivery, data]));
      return { ...entry, seq, hash: previous };
    });
    const [old] = (await this.rows("meta")).filter(({ key }) => key === "ledger_head");
    const value = JSON.stringify(head(rows.length, previous, JSON.parse(String(old?.["value"])) as Row));
    await this.database.transaction(async (transaction) => {
      await sql`delete from ledger`.execute(transaction);
      await this.database.insertMany(transaction, "ledger", rows as never);
      await sql`update meta set value = ${value} where key = 'ledger_head'`.execute(transaction);
    });
  }

  /** Has the file beside the database say what the database says. */
  async followWithFile(): Promise<void> {
    const [head] = (await this.rows("meta")).filter(({ key }) => key === "ledger_head");
    writeFileSync(this.headFile, String(head?.["value"]));
  }

  removeFile(): void {
    if (existsSync(this.headFile)) rmSync(this.headFile);
  }
}

const SECRET = "a secret that the tamperer lacks";
const FIRST = "2026-03-05T10:00Z investigating Sign-in fails for many customers in Europe.";
const SECOND = "2026-03-05T10:01:20Z identified The cause is found in the sign-in service.";
const THIRD = "2026-03-05T10:01:35Z update A mended release is on its way to all regions.";
const FOLLOWED = { a: said(FIRST, SECOND) };
const FOLLOWED_TWICE = { a: said(FIRST, SECOND, THIRD) };
const MORE = { ...FOLLOWED_TWICE, b: said("2026-03-05T10:01Z investigating Payments are slow.") };
const PICTURE = { hash: "0123456789abcdef", type: "image/png", bytes: new Uint8Array([1, 2, 3]) };

export async function tamperedWorld(kind: (typeof STORES)[number]): Promise<Tampered> {
  const location = await newLocation(kind);
  const data = mkdtempSync(join(tmpdir(), "candor-tampered-"));
  onTestFinished(() => rmSync(data, { recursive: true }));
  const file = kind === "sqlite" ? {} : { DATABASE_URL: location };
  const environment = readEnvironment({ CANDOR_DATA: data, CANDOR_SECRET: SECRET, ...file });
  const { database, vault } = await openStore(environment);
  onTestFinished(() => database.close());
  await fill(new Office(database, { vault }));
  await ledgerCheckpoint(database, data).keep();
  const world = new Tampered(database, environment);
  expect(await world.verified()).toMatchObject({ faults: [], notes: [] });
  await world.save();
  return world;
}

const ANSWERS: Readonly<Record<string, Answer>> = {
  gone: { outcome: "gone", detail: "410" },
  perhaps: { outcome: "unknown", detail: "It hung up." },
};

/** Something of everything that the ledger answers for. */
async function fill(office: Office): Promise<void> {
  const { database, vault } = office;
  for (const name of ["one", "two", "gone", "perhaps"]) await office.subscribe(name);
  // What waits for this one is folded into one message, with a text of its own.
  await office.subscribe("paced", { everyMinutes: 600 });
  const erased = await office.subscribe("erased");
  const left = await office.subscribe("left");
  await office.subscriptions.end(left, "left", 5);
  const snapshot = { version: "v", publishedAt: 1, publishedBy: "mara", entries: 0, isQuiet: false };
  const changes = { added: 3, changed: 2, removed: 1 };
  const content = { config: { name: "A" }, entries: [], images: [] } as never;
  await openSnapshots(database).publish({ ...snapshot, changes }, content, [PICTURE], 0);
  const [first] = await office.publish({ a: said(FIRST) }, "2026-03-05T10:01Z");
  await halt(database, { scope: "all", why: "wrong words", at: 1, by: "tester" });
  await lift(database, { at: 2, by: "tester" });
  const send: Parameters<Office["work"]>[0]["send"] = ({ to }) =>
    Promise.resolve<Answer>(ANSWERS[to] ?? { outcome: "accepted", detail: "250 first" });
  const worker = office.work({ send, settings: { failureLimit: 1 } });
  await worker.idle();
  await worker.stop(1_000);
  const sent = await database.query.selectFrom("delivery").selectAll().orderBy("id").execute();
  const accepted = sent.find(({ state }) => state === "accepted");
  const { id: delivery = 0, subscription = "" } = accepted ?? {};
  const notice = first?.notice.id ?? "";
  await noteReturned(database, { delivery, notice, subscription }, { kind: "failed", detail: "5.1.1" }, 7);
  await office.subscriptions.erase(erased, 8);
  await office.publish(FOLLOWED, "2026-03-05T10:01:30Z");
  await office.publish(FOLLOWED_TWICE, "2026-03-05T10:01:40Z");
  // A second one, of which nothing leaves: it waits for a second person.
  const strict = new Office(database, { vault, settings: { ...NOTICE_CONFIG, approveAbove: 0 } });
  await strict.publish(MORE, "2026-03-05T10:02Z");
  // A third, stopped and resumed, and taken back.
  const third = { ...MORE, c: said("2026-03-05T10:02Z investigating Search is down.") };
  const [last] = await office.publish(third, "2026-03-05T10:03Z");
  const taken = { notice: last?.notice.id ?? "", channel: plainChannel.name };
  await stopSeal(database, taken, "too many failures", 9);
  await releaseSeals(database, "stopped", { notice: taken.notice, by: "tester", at: 10 });
  await database.transaction((transaction) =>
    withdrawNotice(database, transaction, { notice: taken.notice, why: "wrong", by: "tester", at: 11 }),
  );
  const news = [{ kind: "reload", key: "order", components: [], data: {} }] as const;
  await database.transaction((transaction) =>
    noteLive(database, transaction, news, { at: 12, snapshot: 0, by: "mara" }),
  );
  const opened = { kind: "opened", line: "l1", components: ["api"] } as const;
  const pushed = { kind: "pushed", line: "l1", events: [1] } as const;
  for (const fact of [opened, pushed]) await noteBoards(database, [{ board: "lobby", fact }], { server: "s", at: 13 });
}
