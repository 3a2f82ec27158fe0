import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");

/** Where a statement begins, by the builder that everybody who has the database could call. */
const STATEMENT = /\.(?:selectFrom|insertInto|updateTable|deleteFrom|replaceInto|mergeInto)\(|\bsql(?:<[^>]*>)?`/;

function filesWithSql(folders: readonly string[]): readonly string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((path) => `${folder}/${path}`),
    )
    .filter((path) => /\.tsx?$/.test(path) && STATEMENT.test(readFileSync(join(ROOT, path), "utf8")));
}

test("all SQL stands in lib/store", () => {
  const all = filesWithSql(["lib", "app", "components", "bin"]);
  expect(all.filter((path) => !path.startsWith("lib/store/"))).toEqual([]);
  // What is looked for is there to be found.
  expect(all.length).toBeGreaterThan(20);
});
