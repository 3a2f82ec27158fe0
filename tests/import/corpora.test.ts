import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { countCorpora, tableOf } from "./corpora-table.ts";
import { hasCorpora } from "./sites.ts";

/** Real sites, counted by other means than the importers'. Without them nothing is asked here; fixtures hold the rest. */
const WHERE = hasCorpora ? "real sites" : "CANDOR_CORPORA names no real sites: nothing to count";

describe.skipIf(!hasCorpora)(`counted independently (${WHERE})`, () => {
  const rows = countCorpora();

  test.each(rows)("$folder: nothing is lost", ({ lost, silent, back, imported, source }) => {
    expect(lost).toEqual([]);
    expect(silent).toEqual([]);
    expect(back.entries.size).toBe(imported.counts.incidents + imported.counts.maintenance);
    expect(back.entries.size).toBe(source.length);
  });

  test.each(rows)("$folder: Candor finds no error but what the secret guard finds in the texts", ({ back }) => {
    const errors = back.problems.filter(({ severity, rule }) => severity === "error" && rule !== "secret");
    expect(errors).toEqual([]);
  });

  test("the updates of a Statuspage come out one for one", () => {
    const github = rows.find(({ folder }) => folder === "statuspage/github");
    const written = [...(github?.back.entries.values() ?? [])].map(({ updates }) => updates.length);
    const given = (github?.source ?? []).map(({ updates }) => updates ?? 0);
    expect(written.toSorted((a, b) => a - b)).toEqual(given.toSorted((a, b) => a - b));
  });

  test("the guide's table is that of today (scripts/count-imports.ts writes it anew)", () => {
    const guide = readFileSync(resolve(import.meta.dirname, "../../docs/guides/imported-sites.md"), "utf8");
    expect(guide).toContain(tableOf(rows));
  });
});
