import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { checkFolder } from "#lib/content/folder/folder.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const CORPORA = resolve(ROOT, process.env["CANDOR_CORPORA"] ?? "../shared/corpora");
const HAS_CORPORA = existsSync(CORPORA);
const SOURCE = HAS_CORPORA ? CORPORA : join(ROOT, "tests/fixtures/broken");
const WHOSE = HAS_CORPORA ? "real sites" : "our own fixtures, as the corpora are not here,";
const NOW = Date.parse("2026-11-22T12:00:00Z");

const FILES = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".md"))
  .map((path) => join(SOURCE, path));

/** Whether a plain YAML parser gives a file's front matter up. */
function isThrowing(file: string): boolean {
  const yaml = /^---[ \t]*\r?\n([\s\S]*?\n)---/.exec(readFileSync(file, "utf8"))?.[1];
  if (yaml === undefined) return false;
  try {
    parse(yaml);
    return false;
  } catch {
    return true;
  }
}

/** A content folder with copies of some files, numbered because their names repeat, and a good one beside them. */
function folderOf(files: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "candor-corpora-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "site.yaml"), "name: Corpora\nurl: https://status.example.com\n");
  writeFileSync(join(folder, "good.md"), "---\ntitle: A good neighbour\nstarted: 2026-03-02\n---\n");
  for (const [index, file] of files.entries()) copyFileSync(file, join(folder, nameOf(index, file)));
  return folder;
}

function nameOf(index: number, file: string): string {
  return `${index}-${basename(file)}`;
}

test(`each file of ${WHOSE} whose YAML throws is named with line, column and remedy`, async () => {
  const files = FILES.filter(isThrowing);
  expect(files.length).toBeGreaterThanOrEqual(5);
  const { problems, entries } = await checkFolder(folderOf(files), NOW);
  expect(entries.map(({ file }) => file)).toEqual(["good.md"]);
  for (const [index, file] of files.entries()) {
    const found = problems.filter(({ place }) => place.file === nameOf(index, file));
    expect(found).not.toEqual([]);
    for (const { place, rule, remedy, message } of found) {
      expect(["yaml-syntax", "yaml-alias"]).toContain(rule);
      expect(place.line).toBeGreaterThan(1);
      expect(place.column).toBeGreaterThan(0);
      expect(message).not.toMatch(/undefined|implicit|compact mapping/i);
      expect(remedy).toMatch(/\S.*\.$/);
    }
  }
});

test(`no file of ${WHOSE} makes the check fall over, and none is lost`, async () => {
  const { problems, entries, files } = await checkFolder(folderOf(FILES), NOW);
  expect(files).toBe(FILES.length + 1);
  const broken = new Set(problems.filter(({ severity }) => severity === "error").map(({ place }) => place.file));
  expect(broken.size + entries.length).toBe(files);
});
