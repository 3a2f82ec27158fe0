import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { importCstate } from "#lib/content/import/cstate.ts";
import { file, filesIn, hasCorpora, historyFiles, readBack, sites } from "./sites.ts";
import { counted, entryOf, momentOf, readPage, timesOf, wordsOf } from "./source-page.ts";

/** What holds of every site, whatever is in it. Where no real sites are at hand, the project's own have to hold it. */

const SITES = hasCorpora ? "real and own sites" : "own sites only: CANDOR_CORPORA names no real ones";

describe.each(sites)(`$name (${SITES})`, ({ folder }) => {
  const given = filesIn(folder);
  const imported = importCstate(given);
  const back = readBack(imported);
  const pages = given.filter(({ path }) => /^content\/(?:\w+\/)?issues\/(?!_index).+\.md$/.test(path)).map(readPage);

  test("every file that holds an incident becomes one", () => {
    expect(pages.length).toBeGreaterThan(0);
    expect(pages.filter(({ path }) => entryOf(path, back.entries) === undefined)).toEqual([]);
    const { incidents, maintenance } = imported.counts;
    expect(incidents + maintenance).toBe(imported.files.length - 1);
    expect(back.entries.size).toBe(imported.files.length - 1);
  });

  test("Candor finds no error in it", () => {
    expect(back.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("every title is carried", () => {
    const titles = new Set([...back.entries.values()].map(({ title }) => title));
    expect(pages.filter(({ title }) => title !== undefined && !titles.has(title))).toEqual([]);
  });

  test("every word is carried as often as it was written", () => {
    for (const { path, words } of pages) {
      const carried = counted(wordsOf(path, back.entries));
      const lost = [...counted(words)].filter(([word, count]) => (carried.get(word) ?? 0) < count);
      expect(lost, path).toEqual([]);
    }
  });

  test("every time that can be read is carried or remarked", () => {
    for (const { path, times } of pages) {
      const carried = new Set(timesOf(path, back.entries));
      const said = imported.remarks.filter((remark) => remark.file === path).map(({ what, reason }) => what + reason);
      const readable = times.filter((time) => momentOf(time, back.zone) !== undefined);
      const lost = readable.filter(
        (time) => !carried.has(momentOf(time, back.zone) ?? 0) && !said.some((text) => text.includes(time)),
      );
      expect(lost, path).toEqual([]);
    }
  });

  test("the same files give the same bytes, in whatever order they come", () => {
    expect(importCstate(given.toReversed())).toEqual(imported);
  });

  test("no remark is made twice, and each names a file that was given, a folder or the configuration", () => {
    const all = imported.remarks.map((remark) => JSON.stringify(remark));
    expect(new Set(all).size).toBe(all.length);
    const known = (path: string) => path === "config.yml" || given.some((each) => each.path.startsWith(path));
    expect(imported.remarks.filter((remark) => !known(remark.file))).toEqual([]);
  });
});

/** What is known of real sites; the project's own are in the same table, so that it holds something everywhere. */
const COUNTS: Readonly<Record<string, { incidents: number; maintenance: number }>> = {
  bare: { incidents: 4, maintenance: 0 },
  harbour: { incidents: 28, maintenance: 1 },
  "two-languages": { incidents: 3, maintenance: 0 },
  jenkins: { incidents: 217, maintenance: 80 },
  "um-grex": { incidents: 22, maintenance: 10 },
  wikibase: { incidents: 18, maintenance: 1 },
  x4b: { incidents: 89, maintenance: 20 },
};

test(`the number of incidents and maintenances (${SITES})`, () => {
  const counts = sites.map(({ name, folder }) => {
    const { incidents, maintenance } = importCstate(filesIn(folder)).counts;
    return [name, { incidents, maintenance }] as const;
  });
  expect(Object.fromEntries(counts)).toEqual(Object.fromEntries(sites.map(({ name }) => [name, COUNTS[name]])));
});

test(`every version that was ever written is carried without an error (${SITES})`, () => {
  const given = [...historyFiles(), ...sites.flatMap(({ name, folder }) => renamed(name, folder))];
  const imported = importCstate(given);
  expect(imported.files.length).toBeGreaterThanOrEqual(given.filter(({ path }) => path.endsWith(".md")).length);
  expect(readBack(imported).problems.filter(({ severity }) => severity === "error")).toEqual([]);
});

/** The incidents of a site, named so that those of several sites can stand in one. */
function renamed(name: string, folder: string) {
  return filesIn(folder)
    .filter(({ path }) => /^content\/issues\/[^_.][^/]*\.md$/.test(path))
    .map(({ path, bytes }) => ({ path: path.replace("issues/", `issues/${name}-`), bytes }));
}

/** Scraps of pages, valid and not, to be put together at random. */
const SCRAPS = [
  "---\n",
  "+++\n",
  "{\n",
  "}\n",
  "title: x\n",
  "title: `a: b`\n",
  "Title: Scheduled maintenance\n",
  "date: 2020-01-01 10:00:00\n",
  "date: 2020-02-31\n",
  "date: 2020-13-01T99:00\n",
  "resolved: true\n",
  "resolved: fale\n",
  "resolvedWhen: 2020-01-02T10:00:00Z\n",
  "resolvedWhen: 2019-01-02T10:00:00+0:00\n",
  "severity: down\n",
  "severity: zzz\n",
  "affected:\n  - A, B\n  - *x\n",
  "affected: [[q]]\n",
  "section: issue\n",
  "informational: true\n",
  "# c\n",
  "a: b\n",
  "\n",
  "\t",
  "  ",
  " word",
  "é",
  "日本",
  "\u0000",
  "\ufeff",
  "\u202e",
  "\r\n",
  "*Update* - text ",
  "*Resolved* ",
  "[Final message]\n",
  "## Update 2\n",
  "## Root cause\n",
  "Update 2021-01-01: x\n",
  "**05.05.2026, 21:50 Uhr**\n",
  '{{< track "2020-01-01 11:00:00" >}}',
  '{{< track "x" >}}',
  "{{<track 2020-01-01T12:00>}}\n",
  "--\n",
  "===\n",
  "- item\n",
  "> q\n",
  "|a|b|\n|-|-|\n",
  "```\n",
  "`code`",
  "**",
  "_",
  "\\",
  "::note\n",
  "&amp;",
  "<br>",
  "<br /><br />",
  "<!-- c -->",
  "<!--",
  "<ID>",
  "<svg>",
  "<script>a</script>",
  "<b onclick=x>",
  "<a href='javascript:1'>x</a>",
  "<a href=x style=y>z</a>",
  "<iframe src=https://x.y/z>",
  "![a](b.png)",
  "![](x)",
  "[a](b)",
  "[a]: b\n",
  "<ftp://x>",
  "http://x.y/z",
];

test("whatever is in the files, nothing is thrown and Candor finds no error in what comes out", () => {
  const scraps = fc.array(fc.constantFrom(...SCRAPS), { maxLength: 40 }).map((each) => each.join(""));
  const front = "---\ntitle: T\nsection: issue\ndate: 2020-01-01 09:00:00\n---\n";
  const path = fc.oneof(
    fc.constantFrom(
      "content/issues/a.md",
      "content/issues/ä ö: copy.md",
      "content/issues/x",
      "content/da/issues/a.md",
      "content/p.md",
    ),
    fc.constantFrom(
      "config.yml",
      "hugo.toml",
      "content/issues/b/index.md",
      "static/b.png",
      "content/issues/a.fr.md",
      "content/issues/~.md",
    ),
  );
  const text = fc.oneof(
    scraps,
    scraps.map((each) => front + each),
    fc.string(),
  );
  const sample = fc.uniqueArray(fc.record({ path, text }), { selector: (each) => each.path, maxLength: 5 });
  fc.assert(
    fc.property(sample, (pages) => {
      const imported = importCstate(pages.map((page) => file(page.path, page.text)));
      expect(readBack(imported).problems.filter(({ severity }) => severity === "error")).toEqual([]);
    }),
    { numRuns: 400 },
  );
});
