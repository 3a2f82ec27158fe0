import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "#lib/access/open-vault.ts";
import { openVault } from "#lib/access/vault.ts";
import { ledgerCheckpoint } from "#lib/delivery/ledger-checkpoint.ts";
import { verifyAll } from "#lib/delivery/verify.ts";
import type { Answer } from "#lib/model/delivery.ts";
import { type Environment, readEnvironment } from "#lib/settings/environment.ts";
import { halt, lift } from "#lib/store/halts.ts";
import { newLocation, opened, STORES } from "../databases.ts";
import { Office } from "../delivery/world.ts";
import { said } from "../notices/world.ts";

const OPENED = { a: said("2026-03-05T10:00Z investigating Sign-in fails for many customers in Europe.") };

async function environmentFor(kind: (typeof STORES)[number], more: Readonly<Record<string, string>>) {
  const location = await newLocation(kind);
  const data = mkdtempSync(join(tmpdir(), "candor-keyed-"));
  onTestFinished(() => rmSync(data, { recursive: true }));
  const file = kind === "sqlite" ? {} : { DATABASE_URL: location };
  return readEnvironment({ CANDOR_DATA: data, ...file, ...more });
}

async function verified(environment: Environment) {
  const { database, vault } = await openStore(environment);
  try {
    return await verifyAll(database, vault, environment.data);
  } finally {
    await database.close();
  }
}

test.each(STORES)(
  "a ledger from before it had a key is keyed, and says up to where it has none, on %s",
  async (kind) => {
    const environment = await environmentFor(kind, { CANDOR_SECRET: "the secret that was there" });
    // As the version before left it: plain hashes, and the root locked as it was then.
    const root = randomBytes(32);
    const vault = openVault(["the secret that was there"], root);
    const former = await opened(environment.databaseUrl ?? join(environment.data, "candor.db"));
    const value = vault.lock(root.toString("base64url"), "vault_root");
    await former.query.insertInto("meta").values({ key: "vault_root", value }).execute();
    const office = new Office(former, { vault });
    delete former.ledgerKey;
    for (const name of ["one", "two"]) await office.subscribe(name);
    await office.publish(OPENED, "2026-03-05T10:01Z");
    const worker = office.work({ send: () => Promise.resolve<Answer>({ outcome: "accepted", detail: "250" }) });
    await worker.idle();
    await worker.stop(1_000);
    await ledgerCheckpoint(former, environment.data).keep();
    const file = join(environment.data, "ledger-head.json");
    const { seq } = JSON.parse(readFileSync(file, "utf8")) as { seq: number };

    const all = await Promise.all([1, 2, 3].map(() => openStore(environment)));
    for (const { database } of all) onTestFinished(() => database.close());
    const [first] = all as [(typeof all)[0], ...typeof all];
    await halt(first.database, { scope: "all", why: "a test", at: 1, by: "tester" });
    const found = await verified(environment);
    expect(found.faults).toEqual([]);
    expect(found.plainUntil).toBe(seq);
    expect(found.notes[0]).toContain(`Entries 1 to ${seq} are from before the ledger had a key.`);
    // A program of before that is still running cannot go on behind it unnoticed.
    delete former.ledgerKey;
    await expect(halt(former, { scope: "all", why: "later", at: 2, by: "former" })).rejects.toThrow("is keyed");
    // What is from before is bound by what came after.
    await sql`update ledger set data = '{}' where seq = 2`.execute(first.database.query);
    expect((await verified(environment)).faults).toEqual(["Entry 2 is not what was written."]);
  },
);

test.each(STORES)(
  "a changed secret leaves the ledger whole, also once the former one is forgotten, on %s",
  async (kind) => {
    const environment = await environmentFor(kind, { CANDOR_SECRET: "the secret that was there" });
    const before = await openStore(environment);
    await new Office(before.database, { vault: before.vault }).subscribe("one");
    await halt(before.database, { scope: "all", why: "a test", at: 1, by: "tester" });
    await ledgerCheckpoint(before.database, environment.data).keep();
    await before.database.close();
    const renewed = { ...environment, secret: "another secret altogether", formerSecrets: [environment.secret ?? ""] };
    expect((await verified(renewed)).faults).toEqual([]);
    const { database, vault } = await openStore(renewed);
    onTestFinished(() => database.close());
    await lift(database, { at: 2, by: "tester" });
    expect((await verifyAll(database, vault, environment.data)).faults).toEqual([]);
    const alone = await openStore({ ...environment, secret: "another secret altogether" });
    onTestFinished(() => alone.database.close());
    expect((await verifyAll(alone.database, alone.vault, environment.data)).faults).toEqual([
      // It was not locked anew: “candor secret relock” does that, and “forget” does it first.
      expect.stringContaining("what is locked in it cannot be opened"),
    ]);
  },
);

test("nothing is written behind an end that somebody without the key has made, and the file beside stays as it is", async () => {
  const environment = await environmentFor("sqlite", {});
  const { database } = await openStore(environment);
  onTestFinished(() => database.close());
  const office = new Office(database, { vault: (await openStore(environment)).vault });
  await office.subscribe("one");
  const water = ledgerCheckpoint(database, environment.data);
  await water.keep();
  const file = join(environment.data, "ledger-head.json");
  const kept = readFileSync(file, "utf8");
  const [head] = await database.query.selectFrom("meta").select("value").where("key", "=", "ledger_head").execute();
  await database.query
    .updateTable("meta")
    .set({ value: '{"seq":1,"hash":"00"}' })
    .where("key", "=", "ledger_head")
    .execute();
  await expect(office.subscribe("two")).rejects.toMatchObject({ code: "FOREIGN_LEDGER" });
  await expect(halt(database, { scope: "all", why: "x", at: 1, by: "y" })).rejects.toThrow(
    "was not written with its key",
  );
  await expect(water.keep()).rejects.toMatchObject({ code: "FOREIGN_LEDGER" });
  expect(readFileSync(file, "utf8")).toBe(kept);
  await database.query
    .updateTable("meta")
    .set({ value: head?.value ?? "" })
    .where("key", "=", "ledger_head")
    .execute();
  await office.subscribe("two");
  await water.keep();
  writeFileSync(file, '{"seq":9,"hash":"00"}');
  await expect(ledgerCheckpoint(database, environment.data).isAhead()).rejects.toMatchObject({ code: "FOREIGN_HEAD" });
  await expect(water.keep()).rejects.toMatchObject({ code: "FOREIGN_HEAD" });
  expect(readFileSync(file, "utf8")).toBe('{"seq":9,"hash":"00"}');
});
