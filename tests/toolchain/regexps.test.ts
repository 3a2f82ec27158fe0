import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { analyse } from "scslre";
import ts from "typescript";
import { expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const FOLDERS = ["app", "bin", "components", "lib", "public"];

/** Those whose time grows with the square of their input's length, one a line: none is added, and one that is mended goes. */
const KNOWN = join(import.meta.dirname, "slow-regexps.txt");

interface Slow {
  readonly at: string;
  readonly isExponential: boolean;
}

/** What a static analysis finds slow in the regular expressions of a source text. */
function slowIn(file: string, text: string): Slow[] {
  const slow: Slow[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      const { reports } = analyse({ source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
      const isExponential = reports.some((report) => report.exponential);
      if (reports.length > 0) slow.push({ at: `${file} ${node.text}`, isExponential });
    }
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return slow;
}

function slowOnes(): Slow[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(?:tsx?|m?js)$/.test(file))
      .sort()
      .flatMap((file) => slowIn(`${folder}/${file}`, readFileSync(join(ROOT, folder, file), "utf8"))),
  );
}

test("no regular expression takes exponential time, and no more take quadratic time than did", () => {
  const slow = slowOnes();
  expect(slow.filter(({ isExponential }) => isExponential).map(({ at }) => at)).toEqual([]);
  const known = readFileSync(KNOWN, "utf8").split("\n").filter(Boolean);
  expect(slow.map(({ at }) => at).sort()).toEqual(known.sort());
});

test.each([
  ["/(?:\\s*\\n)*#/", true],
  ["/^(a+)+$/", true],
  ["/#+\\s*$/", false],
  ["/^[a-z]*x[a-z]*$/", false],
])("%s would be noticed", (regexp, isExponential) => {
  expect(slowIn("a.ts", `const r = ${regexp};`)).toEqual([{ at: `a.ts ${regexp}`, isExponential }]);
});

test("what takes linear time is not noticed", () => {
  expect(slowIn("a.ts", "const r = /^[a-z]+:/; const s = /(?<!#)#+$/;")).toEqual([]);
});
