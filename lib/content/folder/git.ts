import { execFile } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import type { Author } from "#lib/model/access.ts";

/** What became of a commit. The file is written whatever came of it. */
export type Committed =
  | { readonly kind: "committed"; readonly id: string }
  /** The folder lies in no work tree of git. */
  | { readonly kind: "no-work-tree" }
  /** Why not, in git's own words. */
  | { readonly kind: "failed"; readonly why: string };

interface Change {
  readonly file: string;
  /** One line. */
  readonly message: string;
  /** Who made it; whoever git is set up for, unless told otherwise. */
  readonly author?: Author | undefined;
}

/**
 * Commits one file of a content folder, and nothing else: whatever is staged besides stays staged. Never throws, as a
 * change that is on the disk has been made, with git or without.
 */
export async function commitFile(folder: string, { file, message, author }: Change): Promise<Committed> {
  const git = (...words: string[]) => runGit(folder, words, author);
  const inside = await git("rev-parse", "--is-inside-work-tree");
  if (inside.out.trim() !== "true") {
    return /not a git repository/i.test(inside.fault) || inside.isMissing
      ? { kind: "no-work-tree" }
      : { kind: "failed", why: inside.fault || "The folder is inside a repository, but not in its work tree." };
  }
  const path = `:(top,literal)${(await git("rev-parse", "--show-prefix")).out.replace(/\n$/, "")}${file}`;
  // A new file is made known first, without its content, so that the commit takes it from the disk like any other.
  const isKnown = (await git("ls-files", "--error-unmatch", "--", path)).isDone;
  if (!isKnown) {
    const known = await git("add", "--intent-to-add", "--", path);
    if (!known.isDone) return { kind: "failed", why: known.fault };
  }
  const done = await git("commit", "--quiet", "--only", "--cleanup=whitespace", `--message=${message}`, "--", path);
  // A change taken back before it was committed leaves nothing to commit.
  if (!done.isDone && !(await git("diff", "--quiet", "HEAD", "--", path)).isDone) {
    if (!isKnown) await git("reset", "--quiet", "--", path);
    return { kind: "failed", why: done.fault };
  }
  return { kind: "committed", id: (await git("rev-parse", "HEAD")).out.trim() };
}

/**
 * Nothing here waits for anybody or runs what came with the content: no hooks, no editor, no signature that asks for a
 * passphrase, no monitor of the file system.
 */
const QUIETLY = [
  ["core.hooksPath", "/dev/null"],
  ["core.fsmonitor", "false"],
  ["commit.gpgSign", "false"],
  ["gc.auto", "0"],
].flatMap(([key, value]) => ["-c", `${key}=${value}`]);

interface Ran {
  readonly isDone: boolean;
  readonly out: string;
  readonly fault: string;
  /** There is no git on this machine. */
  readonly isMissing: boolean;
}

/** Somebody else's command holds the index for a moment only. */
const TRIES = 8;
const PAUSE_MS = 150;

/** Runs git in a folder, again while somebody else's command holds the index. */
export async function runGit(folder: string, words: readonly string[], author?: Author): Promise<Ran> {
  let ran = await runOnce(folder, words, author);
  for (let attempt = 1; attempt < TRIES && !ran.isDone && LOCKED.test(ran.fault); attempt += 1) {
    await setTimeout(PAUSE_MS * attempt);
    ran = await runOnce(folder, words, author);
  }
  return ran;
}

const LOCKED = /(?:index|HEAD)\.lock|cannot lock ref/;

const LIMIT_MS = 15_000;

function runOnce(folder: string, words: readonly string[], author: Author | undefined): Promise<Ran> {
  return new Promise((done) => {
    execFile(
      "git",
      ["-C", folder, ...QUIETLY, ...words],
      { env: surroundings(author) as NodeJS.ProcessEnv, timeout: LIMIT_MS, windowsHide: true },
      (error, out, fault) => {
        const isMissing = error !== null && "code" in error && error.code === "ENOENT";
        done({ isDone: error === null, out, fault: fault.trim() || (error?.message ?? ""), isMissing });
      },
    );
  });
}

/** A hook of git points whatever it runs at its own repository; ours is the one that the folder lies in. */
const ELSEWHERE =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|NAMESPACE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES)$/;

function surroundings(author: Author | undefined): Readonly<Record<string, string | undefined>> {
  // biome-ignore lint/style/noProcessEnv: git finds its settings and its programs there
  const kept = Object.entries(process.env).filter(([name]) => !ELSEWHERE.test(name));
  const person = author && {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
  };
  return { ...Object.fromEntries(kept), ...person, GIT_TERMINAL_PROMPT: "0", GIT_EDITOR: "true", LC_ALL: "C" };
}
