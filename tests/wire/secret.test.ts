import { expect, test } from "vitest";
import { readSecrets, renewSecret } from "#lib/access/secret.ts";
import { databaseOf, readEnvironment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { beat, leave } from "#lib/store/queue.ts";
import { relockAll } from "#lib/subscribers/relock.ts";
import { temporary } from "#tests/e2e/support/candor.ts";

test("nothing is locked anew while a worker runs that knows the former secret alone", async () => {
  using folder = temporary("secret");
  const environment = readEnvironment({ CANDOR_DATA: folder.path });
  await readSecrets(environment);
  await using database = await openDatabase(databaseOf(environment));
  await beat(database, "old", Date.now() - 1_000);
  await renewSecret(environment);
  await beat(database, "old", Date.now());
  await expect(relockAll(environment, () => undefined)).rejects.toThrow("started before the secret was changed");
  await leave(database, "old");
  await beat(database, "new", Date.now() + 1_000);
  expect(await relockAll(environment, () => undefined)).toBe(0);
});
