import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkFolder } from "#lib/content/folder/folder.ts";
import { folderWith, incident, put, SITE } from "./content-folder.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");

test("every incident at any depth is read, in the order of the files", async () => {
  const folder = folderWith({
    "site.yaml": SITE,
    "b.md": incident("B"),
    "2026/a.md": incident("A"),
    "2026/05/deep/c.md": incident("C"),
    "notes.txt": "no incident",
    "2026/chart.png": "no incident",
  });
  const { entries, files, problems, config } = await checkFolder(folder, NOW);
  expect(entries.map(({ file }) => file)).toEqual(["2026/05/deep/c.md", "2026/a.md", "b.md"]);
  expect([files, problems, config?.name]).toEqual([3, [], "Tidewater Parcels"]);
});

test("what begins with a dot or an underscore, packages and links are passed over", async () => {
  const folder = folderWith({
    "site.yaml": SITE,
    "good.md": incident("Good"),
    ".hidden.md": "broken",
    ".git/x.md": "broken",
    "_drafts/x.md": "broken",
    "2026/_x.md": "broken",
    "node_modules/x/readme.md": "broken",
  });
  const outside = folderWith({ "secret.md": incident("A secret") });
  symlinkSync(join(outside, "secret.md"), join(folder, "linked.md"));
  symlinkSync(outside, join(folder, "linked"));
  const { entries, files, problems } = await checkFolder(folder, NOW);
  expect(entries.map(({ file }) => file)).toEqual(["good.md"]);
  expect([files, problems]).toEqual([1, []]);
});

test("a picture behind a link is not published", async () => {
  const folder = folderWith({ "site.yaml": SITE, "a.md": incident("A", "", "![x](x.png)\n") });
  symlinkSync("/etc/hostname", join(folder, "x.png"));
  const { problems, images } = await checkFolder(folder, NOW);
  expect(problems.map(({ rule }) => rule)).toEqual(["image"]);
  expect(images).toEqual([]);
});

test("times without an offset are those of the site's zone", async () => {
  const folder = folderWith({
    "site.yaml": `${SITE}timezone: Asia/Kolkata\n`,
    "a.md": "---\ntitle: A\nstarted: 2026-03-02T10:00\n---\n",
  });
  const { entries } = await checkFolder(folder, NOW);
  expect(entries[0]?.started).toMatchObject({ at: Date.parse("2026-03-02T04:30:00Z"), offset: 330 });
});

test("one bad file leaves every other as it was", async () => {
  const folder = folderWith({ "site.yaml": SITE, "a.md": incident("A"), "b.md": incident("B") });
  const before = await checkFolder(folder, NOW);
  put(folder, "ab.md", "---\ntitle: `\n---\n");
  put(folder, "c.md", new Uint8Array([0xff, 0xfe, 0]));
  const after = await checkFolder(folder, NOW);
  expect(after.entries).toEqual(before.entries);
  expect(after.problems.map(({ place, rule }) => `${place.file} ${rule}`)).toEqual([
    "ab.md yaml-syntax",
    "c.md not-utf8",
  ]);
});

test("the same bad file is refused again and again", async () => {
  const folder = folderWith({ "site.yaml": SITE, "a.md": "---\ntitle: A: B\n---\n" });
  const [first, second] = [await checkFolder(folder, NOW), await checkFolder(folder, NOW)];
  expect(first.problems).toHaveLength(1);
  expect(second).toEqual(first);
});

test("without site.yaml, or with a broken one, nothing may be published, and files are judged all the same", async () => {
  const bad = { "a.md": "---\ntitle: A: B\n---\n", "b.md": incident("B") };
  const without = await checkFolder(folderWith(bad), NOW);
  expect(without.problems.map(({ place, rule }) => `${place.file} ${rule}`)).toEqual([
    "site.yaml no-site",
    "a.md yaml-syntax",
  ]);
  expect(without).not.toHaveProperty("config");
  expect([without.entries, without.files]).toEqual([[], 2]);
  const broken = await checkFolder(folderWith({ ...bad, "site.yaml": "name: A\n" }), NOW);
  expect(broken.problems.map(({ place, rule }) => `${place.file} ${rule}`)).toEqual([
    "site.yaml missing-key",
    "a.md yaml-syntax",
  ]);
});

test("a site without incidents is a site", async () => {
  expect(await checkFolder(folderWith({ "site.yaml": SITE }), NOW)).toMatchObject({
    entries: [],
    files: 0,
    problems: [],
  });
});

test("a folder that is not there is said to be missing", async () => {
  await expect(checkFolder("/no/such/folder", NOW)).rejects.toThrow(/^There is no content folder \/no\/such\/folder\./);
});

test("a file of many megabytes is refused without being read whole", async () => {
  const folder = folderWith({ "site.yaml": SITE, "a.md": Buffer.alloc(50_000_000, "a"), "b.md": incident("B") });
  const before = process.memoryUsage().arrayBuffers;
  const { problems, entries } = await checkFolder(folder, NOW);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  expect(problems.map(({ rule }) => rule)).toEqual(["too-large"]);
  expect(entries).toHaveLength(1);
});

test("a large folder is shared out among threads, with the same result", async () => {
  const names = Array.from({ length: 3100 }, (_, index) => `${2000 + (index % 20)}/incident-${index}.md`);
  const chart = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';
  const files = names.map((name, index): [string, string] => {
    if (index % 1000 === 7) return [name, "---\ntitle: A: B\n---\n"];
    return [
      name,
      incident(`Incident ${index}`, "components: { api: partial_outage }", index === 3000 ? "![x](x.svg)\n" : ""),
    ];
  });
  const folder = folderWith({
    "site.yaml": SITE,
    ...Object.fromEntries(files),
    "2000/x.svg": chart,
    "2001/incident-0.md": incident("Twin"),
  });
  const { entries, problems, images, files: count } = await checkFolder(folder, NOW);
  expect(count).toBe(3101);
  expect(entries.map(({ file }) => file)).toEqual(entries.map(({ file }) => file).toSorted());
  expect(entries).toHaveLength(3101 - 4 - 1);
  expect(problems.map(({ place, rule }) => `${place.file} ${rule}`)).toEqual([
    "2001/incident-0.md duplicate-slug",
    "2007/incident-1007.md yaml-syntax",
    "2007/incident-2007.md yaml-syntax",
    "2007/incident-3007.md yaml-syntax",
    "2007/incident-7.md yaml-syntax",
  ]);
  expect(images).toEqual(["2000/x.svg"]);
});
