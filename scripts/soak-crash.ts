import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnvironment } from "#lib/wire/environment.ts";
import { killDelivering } from "#tests/delivery/kill-delivery.ts";

/**
 * `npm run soak -- crash [times]`: kills processes that deliver, at random moments, many times over: two on SQLite, three
 * with DATABASE_URL, there.
 */
const folder = mkdtempSync(join(tmpdir(), "candor-soak-"));
try {
  const { databaseUrl } = readEnvironment();
  const folders = { content: join(folder, "content"), data: join(folder, "data") };
  const environment = { port: 0, host: "127.0.0.1", ...folders, ...(databaseUrl ? { databaseUrl } : {}) };
  const sum = await killDelivering(environment, databaseUrl ? 3 : 2, Number(process.argv[2] ?? 500));
  process.stdout.write(`${JSON.stringify(sum)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
