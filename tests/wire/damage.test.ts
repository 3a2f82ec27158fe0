import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { backUp } from "#lib/operation/backup.ts";
import { examine } from "#lib/operation/doctor.ts";
import { publish, publishFirst } from "#lib/publishing/publish.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { followStore } from "#lib/web/live-reader.ts";
import { startDelivery } from "#lib/wire/deliver.ts";
import { newLocation, STORES } from "#tests/databases.ts";
import { countOf } from "#tests/soak.ts";
import { folderWith, incident, put, SITE } from "./content-folder.ts";
import { noisePng } from "./noise.ts";
import { subscribe } from "./subscribers.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");

async function twicePublished(kind: (typeof STORES)[number] = "sqlite"): Promise<Environment> {
  const root = folderWith({ "content/site.yaml": SITE, "content/noise.png": noisePng(2_000) });
  const folders = { content: join(root, "content"), data: join(root, "data") };
  const more = kind === "postgres" ? { databaseUrl: await newLocation(kind) } : {};
  const environment = { port: 0, host: "127.0.0.1", ...folders, ...more };
  for (const title of ["First", "Second"]) {
    put(environment.content, "a.md", incident(title, "", "![noise](noise.png)\n"));
    await publish(environment, { now: NOW });
  }
  return environment;
}

/** One byte in the middle of what is kept is another one. */
function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const other = Uint8Array.from(bytes);
  other[at] = (other[at] ?? 0) ^ 0x10;
  return other;
}

async function stateOf(environment: Environment, check: string) {
  return (await examine(environment, NOW)).find((finding) => finding.check === check);
}

test.each(STORES)(
  "on %s whichever byte of the newest snapshot is damaged, readers see the one before, and publishing mends it",
  async (kind) => {
    const environment = await twicePublished(kind);
    await using database = await openDatabase(databaseOf(environment));
    const store = openSnapshots(database);
    const newest = database.query.selectFrom("snapshot").select("content").where("id", "=", 2);
    const { content } = await newest.executeTakeFirstOrThrow();
    const put2 = (bytes: Uint8Array) =>
      database.query.updateTable("snapshot").set({ content: bytes }).where("id", "=", 2).execute();
    // What reads is the same on each store; the default one has every byte of it damaged.
    const every = content.length;
    const count = kind === "sqlite" ? every : countOf("bytes damaged on PostgreSQL", Math.ceil(every / 16), every);
    for (let at = 0; at < every; at += Math.round(every / count)) {
      await put2(flipped(content, at));
      const read = await store.content(2).then(JSON.stringify, (error: { code: unknown }) => error.code);
      // A bit that means nothing to what is unpacked harms nobody.
      if (read !== "DAMAGED") expect(JSON.parse(read as string)).toMatchObject({ entries: [{ title: "Second" }] });
    }
    await put2(flipped(content, Math.floor(content.length / 2)));

    const said: string[] = [];
    const reader = await followStore(store, { clock: () => NOW, onError: (error) => said.push(String(error)) });
    expect(reader.site().incidents.map(({ title }) => title)).toStrictEqual(["First"]);
    expect(said).toStrictEqual([
      "Error: Snapshot 2 is damaged: readers see snapshot 1 instead. “npm run candor -- publish” publishes the content folder again; look at the disk.",
    ]);
    expect(await stateOf(environment, "snapshots")).toMatchObject({ state: "fail", said: "damaged: snapshot 2" });
    await expect(backUp(environment, NOW)).rejects.toThrow(/some of it is damaged.*snapshot 2/);

    expect(await publish(environment, { now: NOW + 1_000 })).toMatchObject({ isChange: true, snapshot: { id: 3 } });
    await expect.poll(() => reader.site().incidents.map(({ title }) => title)).toStrictEqual(["Second"]);
    await reader.close();
  },
);

test("a damaged picture is not shown, is named, and is mended by publishing", async () => {
  const environment = await twicePublished();
  await using database = await openDatabase(databaseOf(environment));
  const { hash, bytes } = await database.query.selectFrom("image").selectAll().executeTakeFirstOrThrow();
  await database.query
    .updateTable("image")
    .set({ bytes: flipped(bytes, 100) })
    .execute();
  expect(await openSnapshots(database).image(hash)).toBeUndefined();
  expect(await stateOf(environment, "snapshots")).toMatchObject({ state: "fail", said: `damaged: picture ${hash}` });
  put(environment.content, "b.md", incident("Third", "", "![noise](noise.png)\n"));
  await publish(environment, { now: NOW + 1_000 });
  expect((await openSnapshots(database).image(hash))?.bytes).toEqual(bytes);
  expect(existsSync(await backUp(environment, NOW + 2_000))).toBe(true);
});

const silent = {
  clock: () => NOW,
  onError: () => undefined,
  onAlarm: () => undefined,
  onTold: () => undefined,
};

test("a database that is gone or empty beside the ledger's head, or a secret that is gone, is never a first start", async () => {
  const environment = await twicePublished();
  await subscribe(environment, ["ada@example.com"], NOW);
  const delivering = await startDelivery(environment, silent);
  await delivering.idle();
  await delivering.stop();

  const secret = join(environment.data, "secret");
  const kept = readFileSync(secret, "utf8");
  rmSync(secret);
  for (const act of [() => publish(environment, { now: NOW }), () => startDelivery(environment, silent)]) {
    await expect(act()).rejects.toMatchObject({ code: "SECRET_LOST" });
  }
  expect(existsSync(secret)).toBe(false);
  expect(await stateOf(environment, "lost")).toMatchObject({ state: "fail" });
  put(environment.data, "secret", kept);

  for (const end of ["", "-wal", "-shm"]) rmSync(databaseOf(environment) + end, { force: true });
  const acts = [
    () => publishFirst(environment, NOW),
    () => publish(environment, { now: NOW }),
    () => startDelivery(environment, silent),
  ];
  for (const act of acts) await expect(act()).rejects.toMatchObject({ code: "DATABASE_LOST" });
  expect(await stateOf(environment, "lost")).toMatchObject({
    state: "fail",
    said: expect.stringContaining("restore a backup"),
  });
  rmSync(join(environment.data, "ledger-head.json"));
  expect(await publishFirst(environment, NOW)).toMatchObject({ snapshot: { id: 1 } });
});
