import { readFileSync, writeFileSync } from "node:fs";
import { type Judged, judge } from "#tests/notices/lives/judge.ts";
import { readLives } from "#tests/notices/lives/lives.ts";
import { type Lived, relive } from "#tests/notices/lives/relive.ts";

/**
 * `node scripts/lives.ts`: lets the incidents of real sites live again and writes what subscribers would have heard, and
 * every case of which somebody may think otherwise, behind the line `<!-- measured -->` of the page about it.
 */
const PAGE = "docs/notices-on-real-lives.md";
const NUMBER = /\d[\d,]*/g;
const LINE = "<!-- measured -->\n";

const sites = readLives().map(relive);
if (sites.length === 0) throw new Error("There are no real histories here. Set CANDOR_CORPORA to where they are.");
const judged: Judged[] = [];
for (const lived of sites) judged.push(...judge(lived, 1 + (judged.at(-1)?.life ?? 0)));
const text = readFileSync(PAGE, "utf8");
const measured = [summary(sites.flat(), judged), doubts(judged)].join("\n");
writeFileSync(PAGE, text.slice(0, text.indexOf(LINE)) + LINE + measured);

function summary(lived: readonly Lived[], all: readonly Judged[]): string {
  const told = lived.flatMap((one) => one.told);
  const inTime = lived.flatMap((one) => one.toldLater);
  const kinds = [...new Set([...told, ...inTime].map(({ kind }) => kind))].sort();
  const count = (of: readonly { kind: string }[], kind: string) => of.filter((one) => one.kind === kind).length;
  const happened = [...Map.groupBy(all, (one) => one.happened)].sort(([a], [b]) => (a < b ? -1 : 1));
  const lives = all.at(-1)?.life ?? 0;
  return `
${lives} lives in ${all.length.toLocaleString("en")} versions gave ${(told.length + inTime.length).toLocaleString("en")} notices.

| Notice | with a publication | by the clock |
|---|---:|---:|
${kinds.map((kind) => `| \`${kind}\` | ${count(told, kind)} | ${count(inTime, kind)} |`).join("\n")}

| What a version brings, as a person reads it | versions | told | in time | not told | in doubt |
|---|---:|---:|---:|---:|---:|
${happened.map(([what, of]) => `| ${what} | ${of.length} | ${ways(of)} | ${of.filter(({ doubt }) => doubt).length} |`).join("\n")}
`;
}

/** How many were told at once, when their time had come, and never. */
function ways(of: readonly Judged[]): string {
  const atOnce = of.filter(({ heard }) => heard.some((kind) => !kind.endsWith("in time"))).length;
  const never = of.filter(({ heard }) => heard.length === 0).length;
  return [atOnce, of.length - atOnce - never, never].join(" | ");
}

function doubts(all: readonly Judged[]): string {
  const classes = Map.groupBy(
    all.filter(({ doubt }) => doubt !== undefined),
    ({ happened, doubt = "" }) => `${happened}: ${doubt.replace(NUMBER, "…")}`,
  );
  const sorted = [...classes].sort(([, a], [, b]) => b.length - a.length);
  return `
## Every case in doubt

A life's number and, behind the dot, the version of its file; in brackets the numbers that stand for the dots.

${sorted.map(([what, of]) => `- **${what}** (${of.length}). ${of.map(placeOf).join(", ")}`).join("\n")}
`;
}

function placeOf({ life, version, doubt = "" }: Judged): string {
  const numbers = doubt.match(NUMBER);
  return `${life}.${version}${numbers ? ` (${numbers.join(", ")})` : ""}`;
}
