import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { countCorpora, tableOf } from "../tests/import/corpora-table.ts";

/** Writes the table of `docs/guides/imported-sites.md` anew from the real sites that are at hand. */
const GUIDE = join(import.meta.dirname, "../docs/guides/imported-sites.md");
const START = "<!-- counted by scripts/count-imports.ts -->\n";

const rows = countCorpora();
if (rows.length === 0) {
  process.stderr.write("There are no real sites at hand; name their folder with CANDOR_CORPORA.\n");
  process.exitCode = 1;
} else {
  const text = readFileSync(GUIDE, "utf8");
  writeFileSync(GUIDE, `${text.slice(0, text.indexOf(START) + START.length)}\n${tableOf(rows)}\n`);
  for (const { folder, lost, silent, back } of rows) {
    const errors = back.problems.filter(({ severity }) => severity === "error").map(({ message }) => message);
    for (const each of [
      ...lost.map(({ file }) => `not carried: ${file}`),
      ...silent.map((time) => `no word on ${time}`),
      ...errors,
    ])
      process.stdout.write(`${folder}: ${each}\n`);
  }
}
