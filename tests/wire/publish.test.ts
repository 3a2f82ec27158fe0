import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { publishFirst, publishInto } from "#lib/publishing/publish.ts";
import { openSnapshots, type SnapshotStore } from "#lib/store/snapshots.ts";
import { opened } from "../databases.ts";
import { folderWith, incident, put, SITE } from "./content-folder.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const CHART = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>';

async function storeOf(): Promise<SnapshotStore> {
  return openSnapshots(await opened(":memory:"));
}

async function titles(store: SnapshotStore): Promise<string[]> {
  const newest = await store.latest();
  return newest ? (await store.content(newest.id)).entries.map(({ title }) => title) : [];
}

test("good content is published whole, without its drafts", async () => {
  const folder = folderWith({ "site.yaml": SITE, "a.md": incident("A"), "b.md": incident("B", "draft: true") });
  const store = await storeOf();
  const { snapshot, isChange, problems } = await publishInto(store, folder, { now: NOW });
  expect([isChange, problems]).toEqual([true, []]);
  expect(snapshot).toMatchObject({ id: 1, publishedAt: NOW, entries: 1 });
  expect(snapshot?.version).toMatch(/^[0-9a-f]{64}$/);
  expect(await titles(store)).toEqual(["A"]);
  expect(JSON.stringify(await store.content(1))).not.toContain('"B"');
});

test("with an error anywhere nothing is published, and what readers see stays", async () => {
  const folder = folderWith({ "site.yaml": SITE, "a.md": incident("A") });
  const store = await storeOf();
  await publishInto(store, folder, { now: NOW });
  put(folder, "a.md", incident("A changed"));
  put(folder, "b.md", "---\ntitle: A: B\n---\n");
  const { snapshot, isChange, problems } = await publishInto(store, folder, { now: NOW });
  expect([snapshot, isChange]).toEqual([undefined, false]);
  expect(problems.map(({ rule }) => rule)).toEqual(["yaml-syntax"]);
  expect([(await store.latest())?.id, await titles(store)]).toEqual([1, ["A"]]);
});

test("an error in a draft holds everything up too: it might be published next", async () => {
  const folder = folderWith({
    "site.yaml": SITE,
    "a.md": incident("A", "draft: true\ncomponents: { none: operational }"),
  });
  const store = await storeOf();
  expect((await publishInto(store, folder, { now: NOW })).snapshot).toBeUndefined();
  expect(await store.latest()).toBeUndefined();
});

test("warnings hold nothing up", async () => {
  const folder = folderWith({ "site.yaml": SITE, "a.md": incident("A", "", "![](https://example.com/x.png)\n") });
  const { snapshot, problems } = await publishInto(await storeOf(), folder, { now: NOW });
  expect(snapshot).toBeDefined();
  expect(problems.map(({ severity }) => severity)).toEqual(["warning", "warning"]);
});

test("content that has not changed is not published again, whatever has changed around it", async () => {
  const folder = folderWith({ "site.yaml": SITE, "a.md": incident("A") });
  const store = await storeOf();
  const first = await publishInto(store, folder, { now: NOW });
  put(folder, "b.md", incident("B", "draft: true"));
  put(folder, "notes.txt", "notes");
  const second = await publishInto(store, folder, { now: NOW + 1000 });
  expect(second).toMatchObject({ isChange: false, snapshot: { id: 1, version: first.snapshot?.version } });
});

test("every change is a publication of its own, also back to what was", async () => {
  const folder = folderWith({ "site.yaml": SITE, "a.md": incident("A") });
  const store = await storeOf();
  const versions: (string | undefined)[] = [];
  for (const title of ["A", "B", "A"]) {
    put(folder, "a.md", incident(title));
    versions.push((await publishInto(store, folder, { now: NOW })).snapshot?.version);
  }
  expect((await store.latest())?.id).toBe(3);
  expect(versions[0]).toBe(versions[2]);
  expect(versions[0]).not.toBe(versions[1]);
});

test("a picture that is shown is published with its size, under an address that changes with it", async () => {
  const folder = folderWith({
    "site.yaml": SITE,
    "2026/a.md": incident("A", "", "![x](x.svg)\n"),
    "2026/x.svg": CHART,
  });
  const store = await storeOf();
  const { snapshot } = await publishInto(store, folder, { now: NOW });
  const [image] = (await store.content(snapshot?.id ?? 0)).images;
  expect(image).toMatchObject({ path: "2026/x.svg", width: 30, height: 20 });
  expect(image?.url).toMatch(/^\/files\/[0-9a-f]{16}\/x\.svg$/);
  const hash = image?.url.split("/")[2] ?? "";
  expect(Buffer.from((await store.image(hash))?.bytes ?? []).toString()).toBe(CHART);
  expect((await store.image(hash))?.type).toBe("image/svg+xml");

  put(folder, "2026/x.svg", CHART.replace("30", "40"));
  const changed = await publishInto(store, folder, { now: NOW });
  expect(changed.isChange).toBe(true);
  expect((await store.content(2)).images[0]?.url).not.toBe(image?.url);
  expect(await store.image(hash)).toBeDefined();
});

test("a file that only calls itself a picture is not shown, and that is said", async () => {
  const folder = folderWith({
    "site.yaml": SITE,
    "a.md": incident("A", "", "![x](x.png)\n"),
    "x.png": "<script>1</script>",
  });
  const store = await storeOf();
  const { problems } = await publishInto(store, folder, { now: NOW });
  expect(problems).toMatchObject([{ rule: "image-file", severity: "warning", place: { file: "x.png" } }]);
  expect((await store.content(1)).images).toEqual([]);
});

test("a picture of a file with an error, or of none, is not published", async () => {
  const folder = folderWith({
    "site.yaml": SITE,
    "a.md": incident("A"),
    "x.svg": CHART,
    "b.md": `${incident("B", "tags: a")}![x](x.svg)`,
  });
  const store = await storeOf();
  await publishInto(store, folder, { now: NOW, despiteErrors: true });
  expect([await titles(store), (await store.content(1)).images]).toEqual([["A"], []]);
});

test("a fresh server shows what is good in the folder, and one that has published keeps what it showed", async () => {
  const content = folderWith({ "site.yaml": SITE, "a.md": incident("A"), "b.md": "broken" });
  const data = folderWith({});
  const environment = { port: 0, host: "127.0.0.1", content, data };
  const first = await publishFirst(environment, NOW);
  expect(first).toMatchObject({ isChange: true, snapshot: { entries: 1 } });
  expect(first?.problems.map(({ rule }) => rule)).toEqual(["front-matter-fence"]);
  put(content, "c.md", incident("C"));
  expect(await publishFirst(environment, NOW)).toBeUndefined();
  rmSync(join(data, "candor.db"));
});

test("a fresh server without a readable site.yaml has nothing to show", async () => {
  const environment = {
    port: 0,
    host: "127.0.0.1",
    content: folderWith({ "a.md": incident("A") }),
    data: folderWith({}),
  };
  expect(await publishFirst(environment, NOW)).toMatchObject({ isChange: false, problems: [{ rule: "no-site" }] });
});
