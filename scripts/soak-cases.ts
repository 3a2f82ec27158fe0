import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { IMPORTS } from "./cases/imports.ts";
import { Installation } from "./cases/installation.ts";
import { type Case, PRODUCT } from "./cases/product.ts";

/**
 * `npm run soak -- cases [name…]`: plays what once came out wrong on real sites (the folders below ../shared/cases) with the built
 * program, its receivers and a browser, and holds what comes out against what is right.
 */
const CASES = resolve(import.meta.dirname, "../../shared/cases");
const wanted = process.argv.slice(2);
const line = (text: string) => process.stdout.write(`${text}\n`);
const sum = { passed: 0, failed: 0 };

if (!existsSync(CASES)) throw new Error(`There are no cases at ${CASES}.`);
for (const [group, known] of [
  ["product", PRODUCT],
  ["import", IMPORTS],
] as const) {
  for (const name of foldersIn(join(CASES, group))) {
    if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
    const fault = await play(join(CASES, group, name), known[name]);
    line(`${fault === undefined ? "✓" : "✗"} ${group}/${name}${fault === undefined ? "" : `: ${fault}`}`);
    sum[fault === undefined ? "passed" : "failed"] += 1;
  }
}
line(`\n${sum.passed} passed, ${sum.failed} failed`);
if (sum.failed > 0) process.exitCode = 1;

/** @returns what differs, or undefined */
async function play(folder: string, one: Case | undefined): Promise<string | undefined> {
  if (!one) return "Nobody has said here what is right of it.";
  await using site = await Installation.open();
  try {
    await one(site, folder);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function foldersIn(folder: string): readonly string[] {
  const found = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return found.map(({ name }) => name).sort();
}
