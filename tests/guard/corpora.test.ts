import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { importCstate } from "#lib/content/import/cstate.ts";
import { findSecrets } from "#lib/content/secrets/find.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const CORPORA = resolve(ROOT, process.env["CANDOR_CORPORA"] ?? "../shared/corpora");
const HAS_CORPORA = existsSync(CORPORA);
const SOURCE = HAS_CORPORA ? CORPORA : join(ROOT, "incidents");
const WHOSE = HAS_CORPORA ? "the real corpora" : "our own demonstration, as the corpora are not here,";

const PICTURES = new Set([".png", ".jpg", ".jpeg", ".gif", ".ico", ".webp"]);
const FILES = readdirSync(SOURCE, { recursive: true, encoding: "utf8", withFileTypes: true })
  .filter((item) => item.isFile() && !PICTURES.has(extname(item.name)))
  .map((item) => join(item.parentPath, item.name));

/** How many of each kind, in how many files. */
function tally(texts: Iterable<readonly [file: string, text: string]>): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const [file, text] of texts) {
    for (const { kind } of [...findSecrets(file, { deny: [] }), ...findSecrets(text, { deny: [] })]) {
      kinds[kind] = (kinds[kind] ?? 0) + 1;
    }
  }
  return kinds;
}

/** Names of nodes and services within two companies' clusters, published by them: docs/guides/editor-and-ci.md lists them. */
const TRUE_FINDINGS = HAS_CORPORA ? { "internal-host": 5 } : {};

test(`in ${WHOSE} nothing is found but what is there`, () => {
  expect(FILES.length).toBeGreaterThan(HAS_CORPORA ? 3_000 : 5);
  expect(tally(FILES.map((path) => [path.slice(SOURCE.length + 1), readFileSync(path, "utf8")]))).toEqual(
    TRUE_FINDINGS,
  );
});

test.runIf(HAS_CORPORA)("importing the cState sites makes no finding where there was none", () => {
  for (const site of readdirSync(join(CORPORA, "cstate"))) {
    const root = join(CORPORA, "cstate", site);
    const files = readdirSync(root, { recursive: true, encoding: "utf8", withFileTypes: true })
      .filter((item) => item.isFile())
      .map((item) => join(item.parentPath, item.name))
      .map((path) => ({ path: path.slice(root.length + 1), bytes: readFileSync(path) }));
    expect(tally(importCstate(files).files.map(({ path, text }) => [path, text]))).toEqual({});
  }
});
