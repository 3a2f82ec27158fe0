import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { workTreeOf } from "#lib/content/folder/work-tree.ts";
import { type Preview, publish, publishFirst } from "#lib/publishing/publish.ts";
import { publishedIn } from "#lib/publishing/published.ts";
import { listSnapshots, rollBack } from "#lib/publishing/rollback.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { folderWith, incident, put, SITE } from "./content-folder.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");

function environmentWith(files: Readonly<Record<string, string>>): Environment {
  return { port: 0, host: "127.0.0.1", content: folderWith({ "site.yaml": SITE, ...files }), data: folderWith({}) };
}

/** Publishes a.md under each title, one after the other. */
async function history(...titles: readonly string[]): Promise<Environment> {
  const environment = environmentWith({});
  for (const title of titles) {
    put(environment.content, "a.md", incident(title));
    await publish(environment, { now: NOW });
  }
  return environment;
}

function git(folder: string, ...words: readonly string[]): string {
  const person = ["-c", "user.name=Mara", "-c", "user.email=mara@tidewater.example"];
  return execFileSync("git", ["-C", folder, ...person, ...words], { encoding: "utf8" }).trim();
}

test("it is kept who published, when, how much changed, and whether anybody was to be told", async () => {
  const environment = environmentWith({ "a.md": incident("A") });
  await publishFirst(environment, NOW);
  put(environment.content, "a.md", incident("A2"));
  put(environment.content, "b.md", incident("B"));
  await publish(environment, { now: NOW + 1, by: "mara" });
  rmSync(join(environment.content, "a.md"));
  await publish(environment, { now: NOW + 2, by: "jon", isQuiet: true });
  expect(await listSnapshots(environment)).toMatchObject([
    { id: 3, publishedBy: "jon", publishedAt: NOW + 2, isQuiet: true, changes: { added: 0, changed: 0, removed: 1 } },
    { id: 2, publishedBy: "mara", publishedAt: NOW + 1, isQuiet: false, changes: { added: 1, changed: 1, removed: 0 } },
    { id: 1, publishedAt: NOW, isQuiet: true, changes: { added: 1, changed: 0, removed: 0 } },
  ]);
});

test("the commit of the content's work tree is kept, and whether anything in the folder was not committed", async () => {
  const environment = environmentWith({ "a.md": incident("A") });
  expect(await workTreeOf(environment.content)).toBeUndefined();
  git(environment.content, "init", "--quiet");
  expect(await workTreeOf(environment.content)).toBeUndefined();
  git(environment.content, "add", ".");
  git(environment.content, "commit", "--quiet", "--message", "Begin");
  const hash = git(environment.content, "rev-parse", "HEAD");
  await publish(environment, { now: NOW });
  put(environment.content, "b.md", incident("B"));
  await publish(environment, { now: NOW });
  expect((await listSnapshots(environment)).map(({ commit }) => commit)).toEqual([
    { hash, isDirty: true },
    { hash, isDirty: false },
  ]);
  expect(await workTreeOf(join(environment.content, "not there"))).toBeUndefined();
});

test("what is shown before publishing is every change and every page it shows on; with a No nothing is written", async () => {
  const environment = await history("A");
  put(environment.content, "a.md", incident("A2", "components: { api: major_outage }"));
  put(environment.content, "b.md", incident("B"));
  put(environment.content, "b.md", incident("B", "", "![](https://example.com/x.png)\n"));
  const shown: Preview[] = [];
  const no = (preview: Preview) => {
    shown.push(preview);
    return Promise.resolve(false);
  };
  const result = await publish(environment, { now: NOW, approve: no });
  expect(result).toMatchObject({ isChange: false });
  expect(result.snapshot).toBeUndefined();
  const [preview] = shown;
  expect(preview).toMatchObject({ before: { id: 1 }, entries: 2 });
  expect(preview?.changes.added.map(({ title }) => title)).toEqual(["B"]);
  expect(preview?.changes.changed.map(({ parts }) => parts)).toEqual([["title", "components"]]);
  expect(preview?.problems.map(({ severity }) => severity)).toEqual(["warning", "warning"]);
  expect(preview?.pages).toEqual([
    "/components/api",
    "/feed.json",
    "/history",
    "/history.atom",
    "/history.rss",
    "/history/2026/03",
    "/incidents/a",
    "/incidents/b",
    "/reports",
  ]);
  expect(await listSnapshots(environment)).toHaveLength(1);
});

test("a file that only moved changes no page; a setting may change any", async () => {
  const environment = await history("A");
  rmSync(join(environment.content, "a.md"));
  put(environment.content, "2026/a.md", incident("A"));
  const pages: unknown[] = [];
  const approve = (preview: Preview) => {
    pages.push(preview.pages);
    return Promise.resolve(true);
  };
  await publish(environment, { now: NOW, approve });
  put(environment.content, "site.yaml", SITE.replace("Tidewater", "Ebb"));
  await publish(environment, { now: NOW, approve });
  expect(pages).toEqual([[], "all"]);
});

test("what was shown is what is published, whatever happens to the files meanwhile; unless somebody else was faster", async () => {
  const environment = await history("A");
  put(environment.content, "a.md", incident("B"));
  const { snapshot } = await publish(environment, {
    now: NOW,
    approve() {
      put(environment.content, "a.md", "broken");
      return Promise.resolve(true);
    },
  });
  expect(snapshot?.id).toBe(2);
  put(environment.content, "a.md", incident("C"));
  const overtaken = publish(environment, {
    now: NOW,
    approve: async () => (await publish(environment, { now: NOW, by: "jon" })).isChange,
  });
  await expect(overtaken).rejects.toThrow("Snapshot 3 has been published meanwhile.");
  expect(await listSnapshots(environment)).toHaveLength(3);
});

test("several servers that start on one empty store publish once", async () => {
  const environment = environmentWith({ "a.md": incident("A") });
  const firsts = await Promise.all([1, 2, 3].map(() => publishFirst(environment, NOW)));
  expect(firsts.filter((first) => first?.isChange)).toHaveLength(1);
  expect(await listSnapshots(environment)).toHaveLength(1);
});

test("going back shows what was shown before, as a publication of its own; going back again goes further", async () => {
  const environment = await history("A", "B", "C");
  const back = () => rollBack(environment, undefined, { now: NOW, by: "mara" });
  expect(await back()).toMatchObject({ isChange: true, target: { id: 2 }, snapshot: { id: 4, restores: 2 } });
  expect(await back()).toMatchObject({ isChange: true, target: { id: 1 }, snapshot: { id: 5, restores: 1 } });
  await expect(back()).rejects.toThrow("There is no earlier snapshot to go back to.");
  const [newest, , , , oldest] = await listSnapshots(environment);
  expect(newest).toMatchObject({ publishedBy: "mara", version: oldest?.version });

  expect(await publish(environment, { now: NOW })).toMatchObject({ isChange: true, snapshot: { id: 6 } });
  const [brought, , , former] = await listSnapshots(environment);
  expect(brought?.version).toBe(former?.version);
  expect(brought?.restores).toBeUndefined();
  expect(await back()).toMatchObject({ target: { id: 2 } });
});

test("a report that has become final keeps what readers saw of it before, also through later publications", async () => {
  const environment = environmentWith({});
  const store = async () => {
    await using database = await openDatabase(databaseOf(environment));
    return (await publishedIn(openSnapshots(database)))?.content.entries[0];
  };
  put(environment.content, "a.md", incident("A", "report: { status: preliminary }", "We do not know yet.\n"));
  await publish(environment, { now: NOW });
  expect(await store()).not.toHaveProperty("preliminary");
  put(environment.content, "a.md", incident("A", "report: { status: final }", "Now we know.\n"));
  await publish(environment, { now: NOW + 60_000 });
  expect(await store()).toMatchObject({ preliminary: { body: expect.stringContaining("We do not know yet.") } });
  expect(await publish(environment, { now: NOW + 60_000 })).toMatchObject({ isChange: false });
});

test("one can go back to any snapshot, look first, and is told of a number that is none", async () => {
  const environment = await history("A", "B", "C");
  const no = () => Promise.resolve(false);
  expect((await rollBack(environment, 1, { now: NOW, approve: no })).isChange).toBe(false);
  expect(await listSnapshots(environment)).toHaveLength(3);
  expect(await rollBack(environment, 3, { now: NOW })).toMatchObject({ isChange: false, snapshot: { id: 3 } });
  expect(await rollBack(environment, 1, { now: NOW })).toMatchObject({ isChange: true, snapshot: { restores: 1 } });
  await expect(rollBack(environment, 9, { now: NOW })).rejects.toThrow("There is no snapshot 9.");
});
