import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnvironment } from "#lib/settings/environment.ts";
import { killPublishing } from "#tests/wire/kill-publish.ts";

/** `npm run soak -- publish [times]`: kills `publish` at random moments, many times over. With DATABASE_URL, there. */
const folder = mkdtempSync(join(tmpdir(), "candor-soak-"));
try {
  const { databaseUrl } = readEnvironment();
  const folders = { content: join(folder, "content"), data: join(folder, "data") };
  const environment = { port: 0, host: "127.0.0.1", ...folders, ...(databaseUrl ? { databaseUrl } : {}) };
  const kills = await killPublishing(environment, Number(process.argv[2] ?? 500));
  process.stdout.write(`Killed ${kills.old + kills.new} times: ${kills.old} left the old, ${kills.new} the new.\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
