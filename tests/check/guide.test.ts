import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { GUIDE, guidePage } from "#lib/content/check/guide.ts";

const ROOT = resolve(import.meta.dirname, "../..");

function explain(...words: string[]): { code: number | null; output: string; errors: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "bin/candor.ts"), "check", ...words], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return { code: status, output: stdout, errors: stderr };
}

test("docs/rules.md says what the rules say", () => {
  const isCurrent = readFileSync(join(ROOT, "docs/rules.md"), "utf8") === guidePage();
  expect(isCurrent, "Make it again: node_modules/.bin/node scripts/write-rules.ts").toBe(true);
});

test("the page has a heading for every link in it", () => {
  const page = guidePage();
  const headings = new Set([...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading));
  const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, link]) => link ?? "");
  expect(links).toHaveLength(GUIDE.size);
  expect(links.filter((link) => !headings.has(link))).toEqual([]);
});

test("a rule is explained with what it expects, why, and its examples", () => {
  const { code, output } = explain("--explain", "time-order");
  expect(code).toBe(0);
  expect(output).toContain("What comes first has the earlier time");
  expect(output).toContain("which no site can lower");
  expect(output).toContain("Found: “4:8 “ended” lies before “started”.”");
});

test("without a rule all are listed", () => {
  const { code, output } = explain("--explain");
  expect(code).toBe(0);
  expect(output.trimEnd().split("\n")).toHaveLength(GUIDE.size);
});

test("for a rule that is not there the nearest is named", () => {
  const { code, output, errors } = explain("--explain", "image-alts");
  expect(code).toBe(1);
  expect(output).toBe("");
  expect(errors).toBe(
    "There is no rule “image-alts”. Did you mean “image-alt”? “candor check --explain” lists them all.\n",
  );
});
