import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { put, SITE } from "./content-folder.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const TEXT = `---
title: A # ask legal first
components: [api]
updates:
  - at: 2026-11-22T09:00Z
    status: investigating
    body: x
---
`;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "candor-full-"));
  put(root, "content/site.yaml", SITE);
  put(root, "content/2026-a.md", TEXT);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const on = (path: string) => join(root, path);

/** Runs a command in a shell that lets it write files of a few kilobytes at the most: to it, the disk is full. */
function candor(words: readonly string[], kilobytes?: number) {
  const limit = kilobytes === undefined ? "" : `ulimit -f ${kilobytes};`;
  const { status, stdout, stderr } = spawnSync(
    "bash",
    [
      "-c",
      `${limit} exec "$@"`,
      "bash",
      process.execPath,
      "--disable-warning=ExperimentalWarning",
      "bin/candor.ts",
      ...words,
    ],
    {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1", CANDOR_CONTENT: on("content"), CANDOR_DATA: on("data") },
    },
  );
  return { status, stdout, stderr };
}

const LONG = Array.from(
  { length: 400 },
  (_, index) => `Sentence ${index} of what was typed at three in the morning.`,
).join(" ");

describe("a disk without room", () => {
  it("leaves the file as it was, gives the text back, and says what to do", () => {
    const refused = candor(["update", "2026-a", "--status", "identified", "--message", LONG], 4);
    expect(refused).toMatchObject({ status: 1, stdout: "" });
    expect(refused.stderr).toContain(LONG);
    expect(refused.stderr).toMatch(/no file of this size.*2026-a\.md is as it was\./);
    expect(refused.stderr).not.toMatch(/\n +at /);
    expect(readFileSync(on("content/2026-a.md"), "utf8")).toBe(TEXT);
    expect(readdirSync(on("content")).sort()).toEqual(["2026-a.md", "site.yaml"]);
  });

  it("creates no new file, not even in part", () => {
    const refused = candor(
      ["new", "Everything is slow", "--component", "api=major_outage", "-m", LONG, "--slug", "slow"],
      4,
    );
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(LONG);
    expect(
      readdirSync(on("content"), { recursive: true }).filter((path) => /slow|candor|lock/.test(String(path))),
    ).toEqual([]);
  });

  it("writes the file although there is no room to remember how to take it back", () => {
    put(root, "content/2026-a.md", `${TEXT}\n${LONG.slice(0, 2_000)}\n`);
    const written = candor(["update", "2026-a", "--status", "identified", "--message", LONG.slice(0, 1_500)], 4);
    expect(written.status).toBe(0);
    expect(readFileSync(on("content/2026-a.md"), "utf8")).toContain("status: identified");
    expect(existsSync(on("data/undo.json"))).toBe(false);
  });
});

describe("a text that is refused", () => {
  it("is given back, whatever it is refused for", () => {
    for (const words of [
      ["update", "2026-a", "--status", "identified", "--message", "See [it](nowhere.md)."],
      ["maintain", "A", "--start", "some day", "--end", "23:30", "--message", "See [it](nowhere.md)."],
    ]) {
      const { status, stderr } = candor(words);
      expect(status, words.join(" ")).toBe(1);
      expect(stderr).toContain("What you wrote, to be used again:\n\nSee [it](nowhere.md).\n\n");
    }
    expect(readFileSync(on("content/2026-a.md"), "utf8")).toBe(TEXT);
  });
});
