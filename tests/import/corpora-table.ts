import { existsSync } from "node:fs";
import { join } from "node:path";
import { importCstate } from "#lib/content/import/cstate.ts";
import type { ForeignFile, Imported } from "#lib/content/import/imported.ts";
import { importPostmortems } from "#lib/content/import/postmortems.ts";
import { importStatusfy } from "#lib/content/import/statusfy.ts";
import { importStatuspage } from "#lib/content/import/statuspage.ts";
import { type Counted, carriedTimes, countSource, type Kind } from "./count-sources.ts";
import { CORPORA, filesIn, type Read, readBack } from "./sites.ts";

interface Corpus {
  readonly folder: string;
  readonly kind: Kind;
  readonly run: (files: readonly ForeignFile[]) => Imported;
}

const ALL: readonly Corpus[] = [
  ...["jenkins", "um-grex", "wikibase", "x4b"].map(
    (name): Corpus => ({ folder: `cstate/${name}`, kind: "cstate", run: importCstate }),
  ),
  { folder: "statusfy/stencila", kind: "statusfy", run: importStatusfy },
  { folder: "statuspage/github", kind: "statuspage", run: importStatuspage },
  { folder: "statuspage/atom", kind: "atom", run: importStatuspage },
  { folder: "statuspage/check-statuspage/testdata/summary", kind: "statuspage", run: importStatuspage },
  ...["dfds", "icco", "moj"].map(
    (name): Corpus => ({ folder: `postmortems/${name}`, kind: "postmortems", run: importPostmortems }),
  ),
];

/** One corpus: what is in it, what came out of it, and what was said of the rest. */
export interface Row {
  readonly folder: string;
  readonly imported: Imported;
  readonly back: Read;
  readonly given: readonly ForeignFile[];
  readonly source: readonly Counted[];
  /** Incidents of the source that no entry is. */
  readonly lost: readonly Counted[];
  readonly carried: number;
  /** Times that stand neither in the entry, its report included, nor in a remark. */
  readonly silent: readonly string[];
}

/** Every corpus that is at hand, imported and counted anew. */
export function countCorpora(): Row[] {
  return ALL.filter(({ folder }) => existsSync(join(CORPORA, folder))).map(({ folder, kind, run }) => {
    const given = filesIn(join(CORPORA, folder));
    const imported = run(given);
    const back = readBack(imported);
    const source = countSource(kind, given);
    const entries = [...back.entries.values()];
    const said = Map.groupBy(imported.remarks, ({ file }) => file);
    const found = source.map((each) => ({ each, entry: entries.find((entry) => each.isIn(entry)) }));
    const times = found.map(({ each, entry }) => ({
      each,
      entry,
      carried: entry ? carriedTimes(each, entry, back.zone) : [],
    }));
    const silent = times.flatMap(({ each, entry, carried }) => {
      // A time that is only told of, in a row of a table, stays where it was: in the report.
      const report = (entry?.body ?? "").replace(/(\d{4}-\d\d-\d\d) (\d\d:\d\d)/g, "$1 $2 $1T$2+01:00 $1T$2Z");
      const texts = [report, ...(said.get(each.file) ?? []).map(({ what, reason }) => what + reason)];
      const left = each.times.filter((time) => !carried.includes(time));
      return left.filter((time) => !texts.some((text) => text.includes(time))).map((time) => `${each.file}: ${time}`);
    });
    return {
      folder,
      imported,
      back,
      given,
      source,
      lost: found.filter(({ entry }) => entry === undefined).map(({ each }) => each),
      carried: times.reduce((sum, each) => sum + each.carried.length, 0),
      silent,
    };
  });
}

/** The table of the guide, as Markdown. */
export function tableOf(rows: readonly Row[]): string {
  const number = (value: number) => value.toLocaleString("en");
  const lines = rows.map(({ folder, given, source, back, carried, imported }) => {
    const updates = source.reduce((sum, each) => sum + (each.updates ?? 0), 0);
    const times = source.reduce((sum, each) => sum + each.times.length, 0);
    const out = [...back.entries.values()];
    const told = out.reduce((sum, entry) => sum + entry.updates.length, 0);
    const drafts = out.filter(({ draft }) => draft).length;
    const cells = [
      given.length,
      source.length,
      out.length,
      drafts,
      updates,
      told,
      times,
      carried,
      imported.remarks.length,
    ];
    return `| \`${folder}\` | ${cells.map((cell) => (cell === 0 ? "–" : number(cell))).join(" | ")} |`;
  });
  const kinds = rows.flatMap(({ folder, imported }) => [
    "",
    `\`${folder}\``,
    "",
    ...kindsOf(imported).map(([kind, count]) => `- ${number(count)} × ${kind}`),
  ]);
  return [
    "| corpus | files | incidents in it | came out | of them drafts | updates in it | came out | times in it | carried | remarks |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...lines,
    "",
    "### What was interpreted or left, by kind of remark",
    ...kinds,
  ].join("\n");
}

/** Reasons with what differs from file to file left open, the most frequent first. */
function kindsOf({ remarks }: Imported): [string, number][] {
  const counts = new Map<string, number>();
  for (const { reason } of remarks) {
    const kind = reason
      .replace(/“[^”]*”|\([^)]*\)|`[^`]*`/g, "…")
      .replace(/https?:\/\/\S+|~?\d[\dT:.Z+/~-]*|<\/?[\w.-]+>/g, "…")
      .replace(/(?:now|in|with|as|is|of|at) [\w./-]*…[^;,]*/g, (words) => `${words.split(" ")[0]} …`)
      .replace(/\s+/g, " ");
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}
