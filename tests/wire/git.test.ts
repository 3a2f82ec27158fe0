import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commitFile } from "#lib/content/folder/git.ts";
import { folderWith, put } from "./content-folder.ts";
import { git } from "./office.ts";

const ANNA = { name: "Anna Example", email: "anna@example.com" };

function workTree(): string {
  const root = folderWith({ "status/site.yaml": "name: A\n", "other.txt": "one\n" });
  git(root, "init", "--quiet", "--initial-branch=main");
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message=Begin");
  return root;
}

const commit = (root: string, file: string, message = "Declare it") =>
  commitFile(join(root, "status"), { file, message, author: ANNA });

describe("commits", () => {
  it("holds exactly the file, new or changed or gone, in the author's name", async () => {
    const root = workTree();
    for (const [step, act] of [
      ["A", () => put(root, "status/2026/a.md", "one\n")],
      ["M", () => put(root, "status/2026/a.md", "two\n")],
      ["D", () => rmSync(join(root, "status/2026/a.md"))],
    ] as const) {
      act();
      expect(await commit(root, "2026/a.md")).toMatchObject({ kind: "committed" });
      expect(git(root, "show", "--name-status", "--format=%an <%ae>|%cn|%s", "HEAD").trim()).toBe(
        `Anna Example <anna@example.com>|Anna Example|Declare it\n\n${step}\tstatus/2026/a.md`,
      );
    }
  });

  it("leaves what else is staged staged, and what else is changed changed", async () => {
    const root = workTree();
    put(root, "staged.txt", "mine\n");
    git(root, "add", "staged.txt");
    put(root, "other.txt", "changed\n");
    put(root, "status/a.md", "one\n");
    expect(await commit(root, "a.md")).toMatchObject({ kind: "committed" });
    expect(git(root, "status", "--porcelain").split("\n").filter(Boolean).sort()).toEqual([
      " M other.txt",
      "A  staged.txt",
    ]);
  });

  it("runs no hook, and asks for no signature", async () => {
    const root = workTree();
    mkdirSync(join(root, ".git/hooks"), { recursive: true });
    writeFileSync(join(root, ".git/hooks/pre-commit"), `#!/bin/sh\ntouch ${root}/ran\nexit 1\n`, { mode: 0o755 });
    git(root, "config", "commit.gpgSign", "true");
    put(root, "status/a.md", "one\n");
    expect(await commit(root, "a.md")).toMatchObject({ kind: "committed" });
    expect(git(root, "status", "--porcelain")).toBe("");
  });

  it("waits while somebody else holds the index, and commits on a detached head", async () => {
    const root = workTree();
    git(root, "checkout", "--quiet", "--detach");
    put(root, "status/a.md", "one\n");
    writeFileSync(join(root, ".git/index.lock"), "");
    setTimeout(() => rmSync(join(root, ".git/index.lock")), 400);
    expect(await commit(root, "a.md")).toMatchObject({ kind: "committed" });
  });

  it("says in git's words why there is no commit, and stages nothing", async () => {
    const root = workTree();
    put(root, ".gitignore", "status/b.md\n");
    put(root, "status/b.md", "one\n");
    expect(await commit(root, "b.md")).toMatchObject({ kind: "failed", why: expect.stringContaining("ignored") });
    put(root, "status/a.md", "one\n");
    git(root, "config", "--unset-all", "core.bare");
    git(root, "update-ref", "MERGE_HEAD", "HEAD");
    expect(await commit(root, "a.md")).toMatchObject({ kind: "failed", why: expect.stringContaining("merge") });
    expect(git(root, "diff", "--cached", "--name-only")).toBe("");
  });

  it("does nothing in a folder without git, and takes file names to the letter", async () => {
    expect(await commitFile(folderWith({ "a.md": "" }), { file: "a.md", message: "x" })).toEqual({
      kind: "no-work-tree",
    });
    const root = workTree();
    put(root, "status/[ab]*.md", "one\n");
    put(root, "status/a.md", "one\n");
    expect(await commit(root, "[ab]*.md")).toMatchObject({ kind: "committed" });
    expect(git(root, "status", "--porcelain").trim()).toBe("?? status/a.md");
  });
});
