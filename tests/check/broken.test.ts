import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CheckedFolder, checkFolder } from "#lib/content/folder/folder.ts";
import type { Problem } from "#lib/model/problem.ts";
import { EXPECTED, type Expected, UNWRITABLE } from "#tests/fixtures/broken/expected.ts";

const BROKEN = resolve(import.meta.dirname, "../fixtures/broken");
const NOW = Date.parse("2026-11-22T12:00:00Z");
const WANTED: readonly Expected[] = [...EXPECTED, ...UNWRITABLE.map(([, expected]) => expected)];

const folder = mkdtempSync(join(tmpdir(), "candor-broken-"));
let checked: CheckedFolder;

beforeAll(async () => {
  cpSync(BROKEN, folder, { recursive: true, filter: (path) => !path.endsWith(".ts") });
  for (const [content, [file]] of UNWRITABLE) writeFileSync(join(folder, file), content);
  checked = await checkFolder(folder, NOW);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The problems in the order of file and place, each on one line. */
function named(problems: readonly (readonly [file: string, rule: string, place: string])[]): string[] {
  return problems.map((problem) => problem.join(" ")).sort();
}

function problemsOf(file: string): Problem[] {
  return checked.problems.filter(({ place }) => place.file === file);
}

test("every mistake is found at its place, and nothing else is", () => {
  const found = checked.problems.map(({ place, rule }) => [place.file, rule, `${place.line}:${place.column}`] as const);
  expect(named(found)).toEqual(named(WANTED.map(([file, rule, place]) => [file, rule, place])));
});

test.each(WANTED.map((expected) => [`${expected[0]} ${expected[2]}`, expected] as const))(
  "%s is told of in words that help",
  (_name, [file, rule, place, at, message, remedy]) => {
    const found = problemsOf(file).find((each) => `${each.place.line}:${each.place.column}` === place);
    expect(found?.rule).toBe(rule);
    expect(found?.message).toContain(message);
    expect(found?.remedy).toContain(remedy);
    const lines = readFileSync(join(folder, file), "utf8")
      .replace(/^\ufeff/, "")
      .split(/\r?\n/);
    expect(lines[Number(place.split(":")[0]) - 1]?.slice(Number(place.split(":")[1]) - 1)).toMatch(startingWith(at));
  },
);

function startingWith(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
}

test("every message and remedy is a sentence that fits on two lines of a terminal", () => {
  for (const { message, remedy } of checked.problems) {
    expect(message).toMatch(/^[A-Z“<].*\.$/s);
    expect(remedy).toMatch(/^[A-Z“].*\.$/s);
    expect(message).not.toContain("\n");
    expect(message.length).toBeLessThan(160);
    expect(remedy.length).toBeLessThan(200);
  }
});

test("every file with an error is left out, and every other file is taken", () => {
  const left = new Set(checked.problems.filter(({ severity }) => severity === "error").map(({ place }) => place.file));
  const taken = checked.entries.map(({ file }) => file);
  expect(taken.filter((file) => left.has(file))).toEqual([]);
  expect(taken.length + left.size).toBe(checked.files);
  expect(taken.filter((file) => file.startsWith("good/"))).toEqual([
    "good/2026-01-12-slow-labels.md",
    "good/2026-05-04-tracking-outage.md",
    "good/2026-06-20-depot-maintenance.md",
    "good/2026-07-01-draft.md",
    "good/deeper/2026-02-01-only-a-date.md",
  ]);
  expect(taken.filter((file) => !file.startsWith("good/"))).toEqual([
    "component-without-effect.md",
    "ended-but-open.md",
    "image-remote.md",
    "image-without-words.md",
    "update-before-start.md",
  ]);
});

test("the pictures of the files that were taken are named, and no other path is", () => {
  expect(checked.images).toEqual(["good/empty-answers.svg"]);
});

test("problems come in the order of file, line and column", () => {
  const keys = checked.problems.map(
    ({ place }) => `${place.file}\0${String(place.line).padStart(6, "0")}${String(place.column).padStart(6, "0")}`,
  );
  expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : 1)));
});
