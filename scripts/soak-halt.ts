import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnvironment } from "#lib/wire/environment.ts";
import { haltDelivering } from "#tests/delivery/halt-delivery.ts";

/** `npm run soak -- halt [times]`: halts two processes that deliver at full speed. With DATABASE_URL, there. */
const folder = mkdtempSync(join(tmpdir(), "candor-soak-"));
try {
  const { databaseUrl } = readEnvironment();
  const folders = { content: join(folder, "content"), data: join(folder, "data") };
  const environment = { port: 0, host: "127.0.0.1", ...folders, ...(databaseUrl ? { databaseUrl } : {}) };
  const sum = await haltDelivering(environment, 2, Number(process.argv[2] ?? 20));
  process.stdout.write(`${JSON.stringify(sum)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
