import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { publish } from "#lib/publishing/publish.ts";
import { readEnvironment } from "#lib/settings/environment.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** What a copy of the project does without: what is installed is shared, and the rest is made. */
const LEFT_OUT = ["node_modules", ".next", ".candor", ".git", "artifacts", "data", "out"].map((name) =>
  join(ROOT, name),
);

/** The variables of a user who runs a site, has tools set up, and a home that nobody can write. */
const EXPORTED = {
  PORT: "3",
  HOST: "nowhere.example",
  DATABASE_URL: "postgres://candor:password@127.0.0.1:9/none",
  SMTP_URL: "none",
  DKIM_DOMAIN: "none",
  VAPID_SUBJECT: "none",
  CANDOR_SECRET: "short",
  CANDOR_OPERATOR: "nobody",
  TZ: "Pacific/Chatham",
  LANG: "tr_TR.UTF-8",
  NODE_OPTIONS: "--no-deprecation",
  GIT_DIR: "/nowhere",
  GIT_AUTHOR_NAME: "Somebody",
  https_proxy: "http://127.0.0.1:9",
};

/** A test that is well behaved, and says what it finds. */
const PROBE = `
import { existsSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { expect, test } from "vitest";
test("nothing that a user has set is left", () => {
  expect(${JSON.stringify(Object.keys(EXPORTED))}.filter((name) => name !== "NODE_OPTIONS" && name in process.env)).toEqual([]);
  expect(process.env.NODE_OPTIONS).not.toContain("deprecation");
  expect(process.env.CANDOR_CONTENT).toBeUndefined();
  expect(existsSync(process.env.CANDOR_DATA)).toBe(false);
  writeFileSync(homedir() + "/mine", "");
});
`;

/** One that is not: what is refused is caught on its way in the first, and written by another process in the second. */
const LEAK = `
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
const root = join(import.meta.dirname, "..");
test("reads the site beside the sources", async () => {
  await readFile(join(root, "data/candor.db")).catch(() => undefined);
});
test("publishes into the folder beside the sources", () => {
  const { CANDOR_DATA, ...others } = process.env;
  const words = [join(root, "bin/candor.ts"), "publish", "--yes"];
  expect(spawnSync(process.execPath, words, { cwd: root, env: others }).status).toBe(1);
});
test("writes an incident", () => {
  const script = "fs.writeFileSync('incidents/leak.md', '')";
  expect(spawnSync(process.execPath, ["--eval", script], { cwd: root }).status).toBe(1);
});
test("is well behaved", () => undefined);
`;

let folder: string;
let ended: SpawnSyncReturns<string>;
let report: {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { title: string; status: string; failureMessages: readonly string[] }[];
  }[];
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "candor-isolation-"));
  const copy = join(folder, "a clône");
  cpSync(ROOT, copy, { recursive: true, filter: (path) => !LEFT_OUT.includes(path) });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"), "junction");
  for (const data of [join(copy, "data"), join(folder, "theirs")]) {
    await publish(readEnvironment({ CANDOR_DATA: data, CANDOR_CONTENT: join(ROOT, "incidents") }), { now: Date.now() });
  }
  writeFileSync(join(folder, "a file"), "");
  writeFileSync(join(copy, "tests/probe.test.ts"), PROBE);
  writeFileSync(join(copy, "tests/leak.test.ts"), LEAK);
  const files = ["tests/check/command.test.ts", "tests/probe.test.ts", "tests/leak.test.ts"];
  const { PATH, SystemRoot } = process.env;
  ended = spawnSync(process.execPath, [join(copy, "scripts/test.ts"), "vitest", ...files], {
    cwd: copy,
    encoding: "utf8",
    env: {
      ...EXPORTED,
      NODE_ENV: "test",
      PATH,
      SystemRoot,
      HOME: join(folder, "a file/home"),
      CANDOR_CONTENT: join(folder, "theirs"),
      CANDOR_DATA: join(folder, "theirs"),
    },
  });
  report = JSON.parse(readFileSync(join(copy, "artifacts/vitest.json"), "utf8"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const resultsOf = (file: string) => report.testResults.find(({ name }) => name.endsWith(file))?.assertionResults ?? [];

test.each(["command.test.ts", "probe.test.ts"])(
  "%s passes, whatever its user has set, published and cannot write, in a folder with a space and an accent",
  (file) => {
    expect(resultsOf(file).length).toBeGreaterThan(0);
    expect(resultsOf(file).filter(({ status }) => status !== "passed")).toEqual([]);
  },
);

test("a test that reads or writes elsewhere fails, by its name and with the path, and nothing is written", () => {
  const found = resultsOf("leak.test.ts").map(({ title, status, failureMessages }) => {
    const paths = failureMessages.join("\n").replaceAll(join(folder, "a clône"), "");
    return [title, status, /^(?:read|write) .*$/m.exec(paths)?.[0]];
  });
  expect(found).toEqual([
    ["reads the site beside the sources", "failed", "read /data/candor.db"],
    ["publishes into the folder beside the sources", "failed", expect.stringMatching(/ \/data/)],
    ["writes an incident", "failed", "write /incidents/leak.md"],
    ["is well behaved", "passed", undefined],
  ]);
  expect(ended.stdout).toMatch(/\n\d+ passed, 3 failed\n$/);
  expect(ended.status).toBe(1);
});
