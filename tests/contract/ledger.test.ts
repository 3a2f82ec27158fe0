import { createHmac } from "node:crypto";
import { sql } from "kysely";
import { expect } from "vitest";
import { answers, verify } from "#lib/delivery/ledger.ts";
import type { Answer } from "#lib/model/delivery.ts";
import { halt, lift } from "#lib/store/halts.ts";
import { readLedger } from "#lib/store/ledger.ts";
import { onEach, states } from "../delivery/each-store.ts";
import type { Office } from "../delivery/world.ts";
import { said } from "../notices/world.ts";

const NOW = "2026-03-05T10:01Z";
const OPENED = { a: said("2026-03-05T10:00Z investigating Sign-in fails for many customers in Europe.") };

/** A ledger with facts of many kinds in it, one of whose subscribers has been erased since. */
async function filled(office: Office): Promise<void> {
  for (const name of ["one", "two", "gone"]) await office.subscribe(name);
  const erased = await office.subscribe("erased");
  await office.publish(OPENED, NOW);
  await halt(office.database, { scope: "all", why: "wrong words", at: 1, by: "tester" });
  await lift(office.database, { at: 2, by: "tester" });
  const worker = office.work({
    send: ({ to }) =>
      Promise.resolve<Answer>(
        to === "gone" ? { outcome: "gone", detail: "410" } : { outcome: "accepted", detail: "200" },
      ),
  });
  await worker.idle();
  await worker.stop(100);
  await office.subscriptions.erase(erased, 3);
  expect(await states(office)).toEqual({ accepted: 3, failed: 1 });
  expect(await verify(office.database)).toEqual([]);
}

type Table = "ledger" | "seal" | "delivery" | "notice";
type Row = Readonly<Record<string, unknown>>;

async function rowsOf({ database }: Office, table: Table): Promise<Row[]> {
  const { rows } = await sql<Row>`select * from ${sql.table(table)}`.execute(database.query);
  return rows;
}

/** Makes a table hold exactly these rows, as whoever has the file can. */
async function put({ database }: Office, table: Table, rows: readonly Row[]): Promise<void> {
  await database.transaction(async (transaction) => {
    await sql`delete from ${sql.table(table)}`.execute(transaction);
    await database.insertMany(transaction, table, rows as never);
  });
}

/** @returns a value that differs from another in one bit */
function flipped(value: unknown): unknown {
  if (typeof value === "number") return value ^ 1;
  const text = String(value ?? "");
  const middle = Math.floor(text.length / 2);
  return text.slice(0, middle) + String.fromCharCode(text.charCodeAt(middle) ^ 1) + text.slice(middle + 1);
}

/** What the ledger answers for; what a worker keeps for itself, such as when it tries again, is not in it. */
const KEPT: Readonly<Record<Table, readonly string[]>> = {
  ledger: ["seq", "at", "kind", "notice", "channel", "subscriber", "delivery", "data", "hash"],
  seal: ["rendering"],
  delivery: ["notice", "subscription", "subscriber", "proof", "state"],
  notice: ["data"],
};

onEach("one flipped bit is found, wherever it is", async (open) => {
  const office = await open();
  await filled(office);
  for (const [table, columns] of Object.entries(KEPT) as [Table, string[]][]) {
    const rows = await rowsOf(office, table);
    for (const [place, row] of rows.entries()) {
      for (const column of columns) {
        if (row[column] === null) continue;
        const changed = { ...row, [column]: flipped(row[column]) };
        // A number that is another's would not be let in; that is a row removed, which is looked at below.
        if (column === "seq") changed["seq"] = 10_000 + place;
        await put(office, table, rows.with(place, changed));
        expect(await verify(office.database), `${table} ${place} ${column}`).not.toEqual([]);
      }
    }
    await put(office, table, rows);
  }
  expect(await verify(office.database)).toEqual([]);
});

onEach("one row that was removed or swapped with another is found", async (open) => {
  const office = await open();
  await filled(office);
  for (const table of ["ledger", "seal", "delivery", "notice"] as const) {
    const rows = await rowsOf(office, table);
    for (const place of rows.keys()) {
      await put(office, table, rows.toSpliced(place, 1));
      expect(await verify(office.database), `${table} without ${place}`).not.toEqual([]);
    }
    await put(office, table, rows);
  }
  const rows = await rowsOf(office, "ledger");
  for (const [place, row] of rows.entries()) {
    const other = rows[(place + 1) % rows.length] as Row;
    const swapped = rows.map((each) => {
      if (each === row) return { ...other, seq: row["seq"] };
      return each === other ? { ...row, seq: other["seq"] } : each;
    });
    await put(office, "ledger", swapped);
    expect(await verify(office.database), `${place} swapped`).not.toEqual([]);
  }
  await put(office, "ledger", rows);
  expect(await verify(office.database)).toEqual([]);
});

onEach(
  "what an erased subscriber got is still answered, and the database alone does not say who that is",
  async (open) => {
    const office = await open();
    await filled(office);
    const kinds: string[] = [];
    // Addresses of webhooks are read as such; the name is what the office made of it.
    const subscriber = office.vault.pseudonym("webhook", "erased");
    for await (const { kind, data } of answers(office.database, office.vault, { subscriber })) {
      kinds.push(kind === "attempted" ? `${kind} ${String(data["outcome"])}` : kind);
    }
    expect(kinds).toEqual(["subscribed", "attempted accepted", "erased"]);
    for (const table of ["subscription", "delivery", "ledger", "seal", "notice"] as const) {
      const { rows } = await sql<Row>`select * from ${sql.table(table)}`.execute(office.database.query);
      const texts = rows.map((row) => JSON.stringify({ ...row, ended_why: undefined, kind: undefined }));
      expect(texts.filter((text) => /"erased"/.test(text))).toEqual([]);
    }
  },
);

onEach("its JSON Lines are enough for whoever holds the key to follow the chain", async (open) => {
  const office = await open();
  await filled(office);
  const lines: string[] = [];
  for await (const entry of readLedger(office.database)) lines.push(JSON.stringify(entry));
  let hash = "0".repeat(64);
  for (const line of lines) {
    const entry = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const { seq, at, kind, notice = null, channel = null, subscriber = null, delivery = null, data } = entry;
    const all = [hash, seq, at, kind, notice, channel, subscriber, delivery, JSON.stringify(data)];
    hash = createHmac("sha256", office.vault.ledgerKey).update(JSON.stringify(all)).digest("hex");
    expect(entry["hash"]).toBe(hash);
  }
  expect(lines.length).toBeGreaterThan(10);
});
