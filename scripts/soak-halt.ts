import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnvironment } from "#lib/settings/environment.ts";
import { haltDelivering } from "#tests/delivery/halt-delivery.ts";
import { startPostgres } from "#tests/postgres.ts";
import { haltChannels } from "./oracle/halt-channels.ts";

/**
 * `npm run soak -- halt [times]`: halts two processes that deliver at full speed. With DATABASE_URL, there. Then it halts what
 * leaves to hanging and to slow receivers, on every channel and on both stores; `times` 0 does that alone.
 */
const times = Number(process.argv[2] ?? 20);
const line = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
const folder = mkdtempSync(join(tmpdir(), "candor-soak-"));
try {
  const { databaseUrl } = readEnvironment();
  const folders = { content: join(folder, "content"), data: join(folder, "data") };
  const environment = { port: 0, host: "127.0.0.1", ...folders, ...(databaseUrl ? { databaseUrl } : {}) };
  if (times > 0) line(await haltDelivering(environment, 2, times));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

await using postgres = await startPostgres();
for (const store of ["sqlite", "postgres"] as const) {
  const location = async () => (store === "postgres" ? await postgres.createDatabase() : undefined);
  for await (const { faults, ...halted } of haltChannels(location)) {
    line({ store, ...halted, faults: faults.length });
    for (const fault of faults) line(fault);
    if (faults.length > 0) process.exitCode = 1;
  }
}
