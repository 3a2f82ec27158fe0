import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "#lib/access/open-vault.ts";
import { verifyAll } from "#lib/delivery/verify.ts";
import { NOTICE_CONFIG } from "#lib/model/config.ts";
import type { Settled } from "#lib/model/delivery.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { claim } from "#lib/store/claim.ts";
import type { Database } from "#lib/store/dialect.ts";
import { openSeals, settle } from "#lib/store/queue.ts";
import { SubscriptionStore } from "#lib/store/subscriptions.ts";
import { Office } from "#tests/delivery/world.ts";
import { said } from "#tests/notices/world.ts";
import { startPostgres } from "#tests/postgres.ts";

/**
 * `npm run bench -- ledger [subscribers]`: how long `ledger --verify` takes. Each subscriber makes four rows that it answers
 * for: the subscription, its entry, a delivery and its entry. 85,000 subscribers make 340,000. The rate of settling is what
 * an entry costs with everything around it.
 */
const subscribers = Number(process.argv[2] ?? 85_000);
const BATCH = 500;
const PAGE = 5_000;

const figures: Record<string, number> = {};
const note = (what: string, value: number, unit: string) => {
  figures[`${what} (${unit})`] = value;
  process.stdout.write(`${what.padEnd(44)} ${value.toLocaleString("en", { maximumFractionDigits: 1 })} ${unit}\n`);
};

const folder = mkdtempSync(join(tmpdir(), "candor-bench-"));
try {
  await measure("SQLite");
  await using postgres = await startPostgres();
  await measure("PostgreSQL", await postgres.createDatabase());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
mkdirSync("artifacts", { recursive: true });
writeFileSync("artifacts/bench-ledger.json", `${JSON.stringify(figures, null, 2)}\n`);

async function measure(store: string, databaseUrl?: string): Promise<void> {
  const secret = { CANDOR_SECRET: "the secret of the measurement" };
  const place = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl };
  const environment = readEnvironment({ CANDOR_DATA: join(folder, store), ...secret, ...place });
  const { database, vault } = await openStore(environment);
  const office = new Office(database, { vault, settings: { ...NOTICE_CONFIG, approveAbove: 1e9 } });
  for (let from = 0; from < subscribers; from += PAGE) {
    const some = Array.from({ length: Math.min(PAGE, subscribers - from) }, (_, index) => {
      const id = (from + index).toString(16).padStart(16, "0");
      return office.subscription(id, `https://example.com/${id}`);
    });
    await new SubscriptionStore(database).add(some, 0);
  }
  await office.publish({ a: said("2026-03-05T10:00Z investigating Sign-in fails.") }, "2026-03-05T10:01Z");
  const began = performance.now();
  await settleAll(database);
  note(`${store}: claimed and settled`, subscribers / ((performance.now() - began) / 1_000), "/s");
  const start = performance.now();
  const { entries, faults } = await verifyAll(database, vault, environment.data);
  note(`${store}: verified ${(2 * subscribers + entries).toLocaleString("en")} rows`, performance.now() - start, "ms");
  if (faults.length > 0) throw new Error(faults.join("\n"));
  await database.close();
}

function taking() {
  return { worker: "bench", most: BATCH, now: Date.now(), holdUntil: () => undefined, lastWave: 2 };
}

/** Answers every delivery, as a worker does, without sending anything. */
async function settleAll(database: Database): Promise<void> {
  const [seal] = await openSeals(database);
  if (!seal) throw new Error("Nothing is open.");
  const all = { ...seal, wave: 2 };
  for (;;) {
    const isOver = await database.transaction(async (transaction) => {
      const claimed = await claim(database, transaction, all, taking());
      const settled = claimed.map((each): Settled => {
        const answer = { outcome: "accepted", detail: "200" } as const;
        return { claimed: each, state: "accepted", answer, startedAt: 1, endedAt: 2, messageHash: each.proof };
      });
      await settle(database, transaction, "bench", settled);
      return claimed.length === 0;
    });
    if (isOver) return;
  }
}
