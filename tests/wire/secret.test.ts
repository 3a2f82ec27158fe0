import { utimesSync } from "node:fs";
import { expect, onTestFinished, test, vi } from "vitest";
import { readSecrets, renewSecret, secretFile } from "#lib/access/secret.ts";
import { databaseOf, readEnvironment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { beat, leave } from "#lib/store/queue.ts";
import { relockAll } from "#lib/subscribers/relock.ts";
import { temporary } from "#tests/e2e/support/candor.ts";

const NOW = Date.parse("2026-11-22T10:00:00Z");

test("nothing is locked anew while a worker runs that knows the former secret alone", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  onTestFinished(() => void vi.useRealTimers());
  using folder = temporary("secret");
  const environment = readEnvironment({ CANDOR_DATA: folder.path });
  await readSecrets(environment);
  await using database = await openDatabase(databaseOf(environment));
  await beat(database, "old", NOW - 1_000);
  await renewSecret(environment);
  // The system has dated it by a clock of its own.
  utimesSync(secretFile(environment.data), new Date(NOW), new Date(NOW));
  await beat(database, "old", NOW);
  await expect(relockAll(environment, () => undefined)).rejects.toThrow("started before the secret was changed");
  await leave(database, "old");
  await beat(database, "new", NOW + 1_000);
  expect(await relockAll(environment, () => undefined)).toBe(0);
});
