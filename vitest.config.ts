import { readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { HANG_GUARD_MS, TEST_GUARD_MS } from "./tests/hang-guard.ts";
import { isolateProcess } from "./tests/isolation/isolate.ts";

isolateProcess();

const TESTS = join(import.meta.dirname, "tests");

/** Folders of tests of what computes: they share a process, and load only once what nearly all of them need. */
const COMPUTING = [
  "api",
  "author",
  "calendar",
  "changes",
  "check",
  "compile",
  "guard",
  "import",
  "markdown",
  "notices",
  "parse",
  "render",
];

/** Tests in those folders that start processes or write files. */
const WORKING = ["check/{broken,command,corpora,guide}", "compile/determinism", "guard/places"].map(
  (file) => `tests/${file}.test.ts`,
);

const testsIn = (folders: readonly string[]) => folders.map((folder) => `tests/${folder}/**/*.test.ts`);

const OTHERS = readdirSync(TESTS).filter((name) => !name.includes(".") && !COMPUTING.includes(name));

const NO_TESTS = ["tests/e2e/**", "tests/fixtures/**"];

export default defineConfig({
  test: {
    environment: "node",
    setupFiles: ["tests/isolation/each-file.ts"],
    pool: "forks",
    maxWorkers: 2,
    // Longer, and it hangs: no test judges the machine.
    testTimeout: TEST_GUARD_MS,
    hookTimeout: TEST_GUARD_MS,
    expect: { poll: { timeout: HANG_GUARD_MS } },
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [
      {
        extends: true,
        test: {
          name: "computing",
          include: testsIn(COMPUTING),
          exclude: WORKING,
          isolate: false,
          setupFiles: ["tests/isolation/leaves-nothing.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "working",
          include: ["tests/*.test.ts", ...testsIn(OTHERS), ...WORKING],
          exclude: NO_TESTS,
          globalSetup: ["tests/shared-postgres.ts"],
        },
      },
    ],
  },
});
