import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withTokens } from "#lib/access/tokens.ts";
import { backUp, restore } from "#lib/operation/backup.ts";
import { publish } from "#lib/publishing/publish.ts";
import { listSnapshots } from "#lib/publishing/rollback.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { newLocation, opened, STORES } from "../databases.ts";
import { folderWith, incident, put, SITE } from "../wire/content-folder.ts";
import { noisePng } from "../wire/noise.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");

async function environmentOn(kind: (typeof STORES)[number]): Promise<Environment> {
  const folders = { content: folderWith({ "site.yaml": SITE, "noise.png": noisePng(20_000) }), data: folderWith({}) };
  const environment = { port: 0, host: "127.0.0.1", secret: "one secret for both of them", ...folders };
  return kind === "postgres" ? { ...environment, databaseUrl: await newLocation(kind) } : environment;
}

async function publishTitle(environment: Environment, title: string) {
  put(environment.content, "a.md", incident(title, "", "![noise](noise.png)\n"));
  return await publish(environment, { now: NOW, by: "mara" });
}

/** Everything that readers can be shown, and every fact. */
async function everything(environment: Environment): Promise<unknown> {
  await using database = await openDatabase(databaseOf(environment));
  const store = openSnapshots(database);
  const snapshots = await store.list();
  const contents = await Promise.all(snapshots.map(({ id }) => store.content(id)));
  const hash = contents[0]?.images[0]?.url.split("/")[2] ?? "";
  const image = await store.image(hash);
  return { snapshots, contents, image: Buffer.from(image?.bytes ?? []).toString("base64").length };
}

/** The names of the tokens there are. */
const tokensOf = (environment: Environment) =>
  withTokens(environment, async (tokens) => (await tokens.list()).map(({ name }) => name));

const options = { now: NOW + 1_000, isForced: false };

test.each(STORES.flatMap((from) => STORES.map((to) => [from, to] as const)))(
  "what is backed up of %s is restored into %s, and publishing goes on from there",
  async (from, to) => {
    const source = await environmentOn(from);
    for (const title of ["A", "B", "C"]) await publishTitle(source, title);
    const file = await backUp(source, NOW);
    expect(file).toBe(join(source.data, "backups", "candor-2026-11-22T12-00-00.db"));
    expect(readdirSync(join(source.data, "backups"))).toEqual(["candor-2026-11-22T12-00-00.db"]);

    const target = await environmentOn(to);
    await publishTitle(target, "Z");
    const before = await everything(target);
    const bytes = readFileSync(file);
    const { kept } = await restore(target, file, options);
    expect(await everything(target)).toEqual(await everything(source));
    expect(readFileSync(file)).toEqual(bytes);
    const facts = await (await opened(databaseOf(target))).query.selectFrom("meta").selectAll().execute();
    expect(facts).toContainEqual({ key: "restored_at", value: String(NOW + 1_000) });
    const next = await publishTitle(target, "D");
    expect(next.snapshot?.id).toBe(4);

    const again = { ...target, data: folderWith({}) };
    const { databaseUrl: _, ...onFile } = again;
    await restore(onFile, kept, options);
    expect(await everything(onFile)).toEqual(before);
  },
);

test.each(STORES)("while somebody has the database open on %s, it takes --force", async (kind) => {
  const environment = await environmentOn(kind);
  await publishTitle(environment, "A");
  const file = await backUp(environment, NOW);
  await publishTitle(environment, "B");
  const other = openSnapshots(await opened(databaseOf(environment)));
  expect((await other.latest())?.id).toBe(2);
  await expect(restore(environment, file, options)).rejects.toThrow("Somebody else has the database open.");
  expect(await listSnapshots(environment)).toHaveLength(2);
  await restore(environment, file, { ...options, isForced: true });
  expect((await other.latest())?.id).toBe(1);
});

test.each(STORES)("a backup of %s carries the tokens, and brings none back that was removed since", async (kind) => {
  const source = await environmentOn(kind);
  const add = (name: string) => withTokens(source, (tokens) => tokens.add({ name, role: "author" }, NOW));
  const [anna = "", bo = ""] = [await add("Anna"), await add("Bo")];
  put(
    source.data,
    "tokens.json",
    JSON.stringify([{ name: "old", role: "reader", hash: "a".repeat(64), addedOn: "2026-01-01" }]),
  );
  await publishTitle(source, "A");
  const file = await backUp(source, NOW);

  const elsewhere = await environmentOn("sqlite");
  await restore(elsewhere, file, options);
  expect(await tokensOf(elsewhere)).toEqual(["old", "Anna", "Bo"]);
  expect(await withTokens(elsewhere, (tokens) => tokens.ofSecret(anna, NOW))).toMatchObject({ name: "Anna" });

  await withTokens(source, (tokens) => tokens.remove("Bo", NOW));
  await add("Cleo");
  await restore(source, file, options);
  expect(await tokensOf(source)).toEqual(["old", "Anna", "Cleo"]);
  expect(await withTokens(source, (tokens) => tokens.ofSecret(bo, NOW))).toBeUndefined();
});

test("a damaged file, a foreign one and none at all are refused, and nothing is changed", async () => {
  const environment = await environmentOn("sqlite");
  await publishTitle(environment, "A");
  const file = await backUp(environment, NOW);
  await expect(backUp(environment, NOW)).rejects.toThrow("There is a file");
  const bytes = readFileSync(file);
  bytes.fill(0xaa, 4_096 * 2, statSync(file).size - 4_096);
  const damaged = join(environment.data, "damaged.db");
  writeFileSync(damaged, bytes);
  await expect(restore(environment, damaged, options)).rejects.toThrow(/is no backup of Candor, or it is damaged/);
  writeFileSync(damaged, "name: Tidewater\n");
  await expect(restore(environment, damaged, options)).rejects.toThrow(/is no backup of Candor, or it is damaged/);
  await expect(restore(environment, join(environment.data, "no.db"), options)).rejects.toThrow("There is no file");
  expect(await listSnapshots(environment)).toHaveLength(1);
  expect(readdirSync(environment.data).filter((name) => name.startsWith("restoring"))).toEqual([]);
  expect(existsSync(`${databaseOf(environment)}-journal`)).toBe(false);
});
