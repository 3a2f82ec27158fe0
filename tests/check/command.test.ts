import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Problem } from "#lib/model/problem.ts";
import { EXPECTED } from "#tests/fixtures/broken/expected.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const BROKEN = join(ROOT, "tests/fixtures/broken");

function check(content: string, ...args: string[]): { code: number | null; output: string; errors: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "bin/candor.ts"), "check", ...args], {
    cwd: ROOT,
    env: { ...process.env, CANDOR_CONTENT: content, NO_COLOR: "1" },
    encoding: "utf8",
  });
  return { code: status, output: stdout, errors: stderr };
}

const broken = check(BROKEN);

test("a folder with mistakes exits 1 and names file, line and column of each", () => {
  const { code, output, errors } = broken;
  expect(code).toBe(1);
  expect(errors).toBe("");
  for (const [file, rule, place] of EXPECTED) {
    expect(output).toMatch(
      new RegExp(`^${file.replaceAll(".", "\\.")}:${place}  (?:error|warning)  .*  ${rule}$`, "m"),
    );
  }
});

test("the words of every problem are those that were read and approved", async () => {
  await expect(broken.output).toMatchFileSnapshot("broken.txt");
});

test("--format json gives the same problems to programs", () => {
  const { code, output } = check(BROKEN, "--format", "json");
  expect(code).toBe(1);
  const problems = JSON.parse(output) as Problem[];
  expect(
    problems.map(({ place, rule }) => [place.file, rule, `${place.line}:${place.column}`].join(" ")).sort(),
  ).toEqual(EXPECTED.map(([file, rule, place]) => [file, rule, place].join(" ")).sort());
  expect(problems.every(({ message, remedy }) => message !== "" && remedy !== "")).toBe(true);
});

test("a path limits what is shown to that file or folder", () => {
  const { code, output } = check(BROKEN, "twice");
  expect(code).toBe(1);
  expect(output.match(/^\S+:\d+:\d+ /gm)).toEqual(["twice/2026-05-04-tracking-outage.md:1:1 "]);
  expect(check(BROKEN, "good").code).toBe(0);
});

test("warnings alone exit 0", () => {
  const { code, output } = check(BROKEN, "update-before-start.md");
  expect(output).toContain("update-before-start.md:5:9  warning");
  expect(code).toBe(0);
});

test("the demonstration content has nothing to mend but what has become overdue", () => {
  const { code, output } = check(join(ROOT, "incidents"));
  const found = output.match(/^\S+:\d+:\d+ .*$/gm) ?? [];
  expect(found.filter((line) => !/ {2}overdue-(?:action|report)$/.test(line))).toEqual([]);
  expect(output).toContain("The final report has been due since 2019-09-17.");
  expect(code).toBe(0);
});

test("a folder that is not there is said to be missing, without a stack", () => {
  const { code, errors } = check("/no/such/folder");
  expect(code).toBe(1);
  expect(errors).toMatch(/^There is no content folder \/no\/such\/folder\..*\n$/);
});

test("a folder without site.yaml exits 1 and says what to write", () => {
  const folder = mkdtempSync(join(tmpdir(), "candor-empty-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "a.md"), "---\ntitle: Alone\nstarted: 2026-03-02\n---\n");
  const { code, output } = check(folder);
  expect(code).toBe(1);
  expect(output).toContain("site.yaml:1:1  error  The content folder has no site.yaml.  no-site");
});

test("a file that is not there is said to be missing, whatever it was wanted for", () => {
  const words = ["import", "upptime", "/no/such/site", "--into", join(tmpdir(), "candor-never")];
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, "bin/candor.ts"), ...words], { encoding: "utf8" });
  expect([status, stderr.trimEnd().split("\n").at(-1)]).toEqual([1, "There is no /no/such/site."]);
});
