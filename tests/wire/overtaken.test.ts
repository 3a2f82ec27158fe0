import { join } from "node:path";
import { expect, test } from "vitest";
import { publish } from "#lib/publishing/publish.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { keepKnown, readKnown } from "#lib/store/notices.ts";
import { folderWith, put, SITE } from "./content-folder.ts";
import { subscribe } from "./subscribers.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const OPEN =
  "---\ntitle: Labels fail\nstarted: 2026-11-22T11:50Z\nimpact: major\ncomponents: [api]\nupdates: [{ at: 2026-11-22T11:50Z, status: investigating, body: We look into it. }]\n---\n";

async function ready(): Promise<Environment> {
  const root = folderWith({ "content/site.yaml": SITE });
  const environment = { port: 0, host: "127.0.0.1", content: join(root, "content"), data: join(root, "data") };
  await publish(environment, { now: NOW });
  await subscribe(environment, ["ada@example.com"], NOW);
  put(environment.content, "labels.md", OPEN);
  return environment;
}

test("who only takes note of something at the same moment, as a worker does, overtakes nobody", async () => {
  const environment = await ready();
  await using database = await openDatabase(databaseOf(environment));
  const approve = async () => {
    const { version = 0 } = (await readKnown<{ readonly id: string }>(database.query)) ?? {};
    await database.transaction((transaction) => keepKnown(database, transaction, version, [], NOW));
    return true;
  };
  expect((await publish(environment, { now: NOW, approve })).isChange).toBe(true);
  expect(await database.query.selectFrom("notice").select("kind").execute()).toEqual([{ kind: "incident_opened" }]);
});

test("whoever would be told something else than was shown is told that others were first", async () => {
  const environment = await ready();
  const approve = async () => {
    await subscribe(environment, ["grace@example.com"], NOW, 1);
    await using database = await openDatabase(databaseOf(environment));
    const { version = 0 } = (await readKnown<{ readonly id: string }>(database.query)) ?? {};
    await database.transaction((transaction) => keepKnown(database, transaction, version, [], NOW));
    return true;
  };
  await expect(publish(environment, { now: NOW, approve })).rejects.toMatchObject({ code: "OVERTAKEN" });
});
