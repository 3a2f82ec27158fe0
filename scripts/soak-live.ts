import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnvironment } from "#lib/settings/environment.ts";
import { routeUpdates } from "#tests/live/routing.ts";

/**
 * `npm run soak -- live [boards] [updates]`: wallboards connected to real servers while updates are published, servers are
 * killed and boards cut off: none gets what it did not ask for, none misses anything, and the ledger says the same. One
 * server on SQLite; two with DATABASE_URL, there.
 */
const folder = mkdtempSync(join(tmpdir(), "candor-soak-"));
try {
  const { databaseUrl } = readEnvironment();
  const folders = { content: join(folder, "content"), data: join(folder, "data") };
  const environment = { port: 0, host: "127.0.0.1", ...folders, ...(databaseUrl ? { databaseUrl } : {}) };
  const plan = { boards: Number(process.argv[2] ?? 1_000), updates: Number(process.argv[3] ?? 10_000) };
  const begun = performance.now();
  const sum = await routeUpdates(environment, {
    ...plan,
    components: 100,
    servers: databaseUrl ? 2 : 1,
    kills: 10,
    cuts: 20,
  });
  process.stdout.write(
    `${JSON.stringify({ ...plan, ...sum, seconds: Math.round((performance.now() - begun) / 1_000) })}\n`,
  );
  if (sum.strays.length + sum.wrong.length + sum.unrecorded.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
