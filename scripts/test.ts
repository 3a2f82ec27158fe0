/**
 * `npm test`: runs every check and says at the end how many passed. What a check prints is shown only if it fails. Tests
 * in a browser run beside all others: each of the two waits often, for a server, a page or a clock, and leaves a
 * processor to the other.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { styleText } from "node:util";
import { withoutUsers } from "../tests/isolation/surroundings.ts";
import { ensureBrowser } from "./browser.ts";
import { leftToSoak, type Tally, tallyOfCheck, tallyOfPlaywright, tallyOfVitest } from "./tally.ts";

const ROOT = resolve(import.meta.dirname, "..");
const ARTIFACTS = join(ROOT, "artifacts");

const IS_COLOURED = process.stdout.isTTY && !process.env["NO_COLOR"];

/** What ends a step before its time: a signal, or the end of whoever started this. */
const STOPS = ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"] as const;

/** No step takes this long, in milliseconds: one that does hangs. At full length they take several times as long. */
const STEP_LIMIT = process.env["CANDOR_SOAK"] === "1" ? 7_200_000 : 1_200_000;

/** The list below artifacts/ of what the tests leave to the soak (`tests/soak.ts`). */
const LEFT_TO_SOAK = "left-to-soak";

type Variables = Readonly<Record<string, string>>;

interface Step {
  readonly name: string;
  readonly what: string;
  /** A file below node_modules, and what it is given. */
  readonly command: readonly [file: string, ...args: string[]];
  /** Runs beside the other steps, which run one after the other. */
  readonly isBeside?: true;
  /** More environment variables for the command. */
  readonly variables?: () => Promise<Variables>;
  /** For a step that runs tests: the report it writes below artifacts/, and how that is counted. */
  readonly report?: { readonly file: string; readonly tally: (report: unknown, isGood: boolean) => Tally };
}

interface Result extends Tally {
  readonly name: string;
  readonly seconds: number;
  readonly output: string;
}

const STEPS: readonly Step[] = [
  {
    name: "biome",
    what: "format and lint",
    command: [
      "@biomejs/biome/bin/biome",
      "ci",
      "--error-on-warnings",
      "--diagnostic-level=warn",
      "--max-diagnostics=200",
      IS_COLOURED ? "--colors=force" : "--colors=off",
    ],
  },
  { name: "tsc", what: "types", command: ["typescript/bin/tsc", "--noEmit", "--project", "."] },
  {
    name: "dependency-cruiser",
    what: "which room imports which",
    command: ["dependency-cruiser/bin/dependency-cruise.mjs", "--config", ".dependency-cruiser.mjs", "."],
  },
  { name: "knip", what: "unused files, exports, packages", command: ["knip/bin/knip.js", "--no-progress"] },
  {
    name: "vitest",
    what: "tests of the code",
    command: [
      "vitest/vitest.mjs",
      "run",
      "--reporter=default",
      "--reporter=json",
      "--outputFile=artifacts/vitest.json",
    ],
    report: { file: "vitest.json", tally: tallyOfVitest },
  },
  {
    name: "playwright",
    what: "tests in a browser",
    isBeside: true,
    command: ["@playwright/test/cli.js", "test", "--reporter=line,json", "--output=artifacts/playwright"],
    variables: async () => {
      await ensureBrowser();
      return { PLAYWRIGHT_JSON_OUTPUT_FILE: join(ARTIFACTS, "playwright.json") };
    },
    report: { file: "playwright.json", tally: tallyOfPlaywright },
  },
];

const HELP = `Usage: npm test [-- step… [file…]]

Runs every check, or only the steps named; those that run tests, only with the files named:
${STEPS.map(({ name, what }) => `  ${name.padEnd(20)}${what}`).join("\n")}

Exits 1 if anything failed, or if a step that runs tests ran none. Reports are left in artifacts/.
What judges rare events by the thousand is short here, and long in “npm run soak -- suite”.
CANDOR_CHROMIUM names the browser to test in; without it one is looked for, then installed.
`;

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  if (words.includes("--help") || words.includes("-h")) {
    process.stdout.write(HELP);
    return 0;
  }
  const files = words.filter((word) => word.startsWith("tests/") && existsSync(join(ROOT, word)));
  const names = words.filter((word) => !files.includes(word));
  const unknown = names.filter((word) => !STEPS.some(({ name }) => name === word));
  if (unknown.length > 0) {
    process.stderr.write(`There is no step “${unknown.join("”, “")}”.\n\n${HELP}`);
    return 2;
  }

  rmSync(join(ARTIFACTS, LEFT_TO_SOAK), { force: true });
  const steps = STEPS.filter(({ name }) => names.length === 0 || names.includes(name));
  const lanes = [steps.filter(({ isBeside }) => !isBeside), steps.filter(({ isBeside }) => isBeside)];
  const results = (await Promise.all(lanes.map((lane) => performAll(lane, files)))).flat();

  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  const left = leftToSoak(readText(LEFT_TO_SOAK));
  const more = left > 0 ? `${left} cases more in the soak alone: npm run soak -- suite\n` : "";
  process.stdout.write(`\n${results.map(lineOf).join("\n")}\n\n${more}${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

/** Runs steps one after the other, and says of each how it ended. */
async function performAll(steps: readonly Step[], files: readonly string[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const step of steps) {
    const result = await perform(step, files);
    results.push(result);
    process.stdout.write(`${lineOf(result)}\n`);
    if (result.failed > 0) process.stdout.write(`\n${result.output.trim()}\n\n`);
  }
  return results;
}

async function perform({ name, command, variables, report }: Step, files: readonly string[]): Promise<Result> {
  const begun = performance.now();
  mkdirSync(ARTIFACTS, { recursive: true });
  // A report of an earlier run must not speak for this one.
  if (report) rmSync(join(ARTIFACTS, report.file), { force: true });
  let ended: { isGood: boolean; output: string };
  try {
    ended = await run(report ? [...command, ...files] : command, (await variables?.()) ?? {});
  } catch (error) {
    ended = { isGood: false, output: error instanceof Error ? error.message : String(error) };
  }
  const tally = report ? report.tally(read(report.file), ended.isGood) : tallyOfCheck(ended.isGood);
  return { name, ...tally, seconds: (performance.now() - begun) / 1000, output: ended.output };
}

function run([file, ...args]: Step["command"], variables: Variables) {
  return new Promise<{ isGood: boolean; output: string }>((done, fail) => {
    const child = spawn(process.execPath, [join(ROOT, "node_modules", file), ...args], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: STEP_LIMIT,
      env: {
        ...withoutUsers(process.env),
        ...(IS_COLOURED ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" }),
        // Whatever starts “node” by its name gets the pinned one.
        PATH: `${dirname(process.execPath)}${delimiter}${process.env["PATH"] ?? ""}`,
        ...variables,
      },
    });
    // Whoever started this is gone, or told it to stop. A step that is over listens no more: that would keep this alive.
    const stop = () => void child.kill();
    for (const sign of STOPS) process.on(sign, stop);
    const parts: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.stderr.on("data", (part: Buffer) => parts.push(part));
    child.once("error", fail);
    child.once("close", (code, signal) => {
      for (const sign of STOPS) process.off(sign, stop);
      const end = signal
        ? `\nEnded by ${signal}: it took longer than ${STEP_LIMIT / 60_000} minutes, or was stopped.`
        : "";
      done({ isGood: code === 0, output: Buffer.concat(parts).toString() + end });
    });
  });
}

/** A report, if the step got as far as to write one. */
function read(file: string): unknown {
  try {
    return JSON.parse(readText(file));
  } catch {
    return undefined;
  }
}

/** What stands in a file below artifacts/: nothing, if it is not there. */
function readText(file: string): string {
  const path = join(ARTIFACTS, file);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function lineOf({ name, passed, failed, skipped, seconds }: Result): string {
  const counts = `${String(passed).padStart(6)} passed ${String(failed).padStart(5)} failed`;
  return `${styleText(failed === 0 ? "green" : "red", failed === 0 ? "✓" : "✗")} ${name.padEnd(20)}${counts}${seconds.toFixed(1).padStart(8)} s${skipped > 0 ? `   ${skipped} skipped: this machine cannot run them` : ""}`;
}
