import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const GOOD = "---\ntitle: Labels were slow\nstarted: 2026-03-02\nimpact: minor\n---\n";
const BAD = GOOD.replace("minor", "huge");

let repository: string;

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), "candor-hook-"));
  onTestFinished(() => rmSync(repository, { recursive: true }));
  git("init", "--quiet");
  git("config", "user.name", "A Test");
  git("config", "user.email", "test@example.com");
  git(
    "config",
    "candor.command",
    `"${process.execPath}" --disable-warning=ExperimentalWarning "${ROOT}/bin/candor.ts"`,
  );
  write("incidents/site.yaml", "name: A\nurl: https://status.example.com\n");
  write("incidents/2026/old mistake.md", BAD);
  git("add", ".");
  git("commit", "--quiet", "--no-verify", "-m", "Begin");
  const hook = join(repository, ".git/hooks/pre-commit");
  mkdirSync(dirname(hook), { recursive: true });
  copyFileSync(join(ROOT, "docs/ci/pre-commit"), hook);
  chmodSync(hook, 0o755);
});

function git(...args: string[]) {
  const { status, stdout, stderr } = spawnSync("git", args, { cwd: repository, encoding: "utf8" });
  return { status, said: stdout + stderr };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), text);
}

function commit() {
  git("add", ".");
  return git("commit", "-m", "A change");
}

test("what is staged is judged, and not what was there before", () => {
  write("incidents/2026/a.md", GOOD);
  expect(commit().status).toBe(0);

  write("incidents/2026/b.md", BAD);
  const refused = commit();
  expect(refused.status).toBe(1);
  expect(refused.said).toContain("2026/b.md:4:9");
  expect(refused.said).not.toContain("old mistake");

  // Mended in the folder alone: what is staged is still wrong.
  write("incidents/2026/b.md", GOOD);
  expect(git("commit", "-m", "A change").status).toBe(1);
  expect(commit().status).toBe(0);
});

test("a change elsewhere is let through, a secret is not", () => {
  write("README.md", "Nothing about incidents.\n");
  expect(commit().status).toBe(0);
  const secret = `${"gh"}p_${"a1B2c3".repeat(6)}`;
  write("incidents/2026/c.md", `${GOOD}\n${secret}\n`);
  const refused = commit();
  expect(refused.status).toBe(1);
  expect(refused.said).toContain("A GitHub token");
  expect(refused.said).not.toContain(secret);
});

test("a change of site.yaml concerns every file", () => {
  write("incidents/site.yaml", "name: B\nurl: https://status.example.com\n");
  const refused = commit();
  expect(refused.status).toBe(1);
  expect(refused.said).toContain("old mistake.md:4:9");
});
