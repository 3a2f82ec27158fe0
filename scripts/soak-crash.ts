import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnvironment } from "#lib/settings/environment.ts";
import { type KilledSum, killDelivering } from "#tests/delivery/kill-delivery.ts";

/**
 * `npm run soak -- crash [kills]`: kills processes that deliver, at random moments, many times over: two on SQLite, three
 * with DATABASE_URL, there.
 */
const folder = mkdtempSync(join(tmpdir(), "candor-soak-"));
try {
  const { databaseUrl } = readEnvironment();
  const folders = { content: join(folder, "content"), data: join(folder, "data") };
  const environment = { port: 0, host: "127.0.0.1", ...folders, ...(databaseUrl ? { databaseUrl } : {}) };
  const workers = databaseUrl ? 3 : 2;
  const times = Math.ceil(Number(process.argv[2] ?? 500) / workers);
  const say = (sum: KilledSum) => process.stdout.write(`${JSON.stringify(sum)}\n`);
  await killDelivering(environment, { workers, times, onRound: (sum) => sum.kills % 60 === 0 && say(sum) }).then(say);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
