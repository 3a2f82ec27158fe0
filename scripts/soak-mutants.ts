import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { withoutUsers } from "../tests/isolation/surroundings.ts";
import { type Mutant, mutantsOf } from "./mutants/find.ts";
import { Dice } from "./oracle/dice.ts";

/**
 * `npm run soak -- mutants [--count 200] [--seed 1] [folder or file below lib…]`: changes the code in one small place at a time, in a
 * copy, and runs the tests that load it. A change that no test notices is printed with its place: it wants a test, or the code is
 * not needed. Vitest alone: what only a browser would notice counts as unnoticed. A library for this would change and test all of
 * the code within its own threads; these tests start processes and share a database.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { count: { type: "string", default: "200" }, seed: { type: "string", default: "1" } },
});

const ROOT = resolve(import.meta.dirname, "..");
/** No tests take this long: what does hangs, and is noticed by that. */
const HANGS_MS = 1_200_000;

const line = (text: string) => process.stdout.write(`${text}\n`);
const tracked = git("ls-files", "-z", "--cached", "--others", "--exclude-standard");
const wanted = positionals.length > 0 ? positionals : ["lib"];
const sources = tracked.filter(
  (file) => file.startsWith("lib/") && file.endsWith(".ts") && wanted.some((start) => file.startsWith(start)),
);
const all = sources.flatMap((file) => mutantsOf(file, readFileSync(join(ROOT, file), "utf8")));
const dice = new Dice(Number(values.seed));
const sample = Array.from({ length: Math.min(Number(values.count), all.length) }, () => {
  const [one] = all.splice(dice.between(0, all.length - 1), 1);
  return one as Mutant;
});
line(`${sample.length} of ${sample.length + all.length} changes of ${sources.length} files, seed ${values.seed}`);

const copy = mkdtempSync(join(tmpdir(), "candor-mutants-"));
const unnoticed: Mutant[] = [];
try {
  for (const file of tracked) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(ROOT, file), join(copy, file));
  }
  for (const folder of ["node_modules", ".next"]) symlinkSync(join(ROOT, folder), join(copy, folder));
  // Tests that fail whatever is changed would notice everything.
  if (!passes(new Set(sample.map(({ file }) => file)))) throw new Error("The tests fail here without any change.");
  for (const [number, mutant] of sample.entries()) {
    const isNoticed = notices(mutant);
    if (!isNoticed) unnoticed.push(mutant);
    const { file, line: at, before, after } = mutant;
    const short = (text: string) => text.replace(/\s+/g, " ").slice(0, 60);
    line(`${number + 1} ${isNoticed ? "noticed" : "NOT NOTICED"}  ${file}:${at}  ${short(before)} → ${short(after)}`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
const killed = sample.length - unnoticed.length;
line(`\n${killed} of ${sample.length} noticed: ${Math.round((100 * killed) / sample.length)} %`);

/** Whether a test fails when the code is changed. */
function notices({ file, from, to, after }: Mutant): boolean {
  const path = join(copy, file);
  const source = readFileSync(path, "utf8");
  writeFileSync(path, source.slice(0, from) + after + source.slice(to));
  try {
    return !passes([file]);
  } finally {
    writeFileSync(path, source);
  }
}

/** Whether the tests that load any of these files pass. */
function passes(files: Iterable<string>): boolean {
  const { status } = spawnSync(
    process.execPath,
    [join(ROOT, "node_modules/vitest/vitest.mjs"), "related", ...files, "--run", "--bail=1", "--reporter=dot"],
    { cwd: copy, stdio: "ignore", timeout: HANGS_MS, env: { ...withoutUsers(process.env), NODE_ENV: "test" } },
  );
  return status === 0;
}

/** What git lists here, with “-z”. */
function git(...words: readonly string[]): readonly string[] {
  const { stdout, status } = spawnSync("git", ["-C", ROOT, ...words], { encoding: "utf8" });
  if (status !== 0) throw new Error("This needs the project's own git folder.");
  return stdout.split("\0").filter((path) => path !== "");
}
