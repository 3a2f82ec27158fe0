import { execFile } from "node:child_process";

/** The state of a git work tree: its commit, and whether a folder in it holds anything that is not committed. */
export interface WorkTree {
  readonly hash: string;
  readonly isDirty: boolean;
}

/** The state of the work tree that a folder lies in; undefined where there is none, no commit yet, or no git. */
export async function workTreeOf(folder: string): Promise<WorkTree | undefined> {
  const hash = (await git(folder, ["rev-parse", "--verify", "--quiet", "HEAD"]))?.trim();
  const status = await git(folder, ["status", "--porcelain", "--untracked-files=all", "--", "."]);
  return hash && status !== undefined ? { hash, isDirty: status !== "" } : undefined;
}

const LIMIT_MS = 15_000;

/** What git says, or undefined when it fails. It takes no lock, and runs nothing that the folder's repository names. */
function git(folder: string, words: readonly string[]): Promise<string | undefined> {
  const quietly = ["--no-optional-locks", "-c", "core.fsmonitor=false", "-C", folder];
  return new Promise((done) => {
    execFile("git", [...quietly, ...words], { timeout: LIMIT_MS, maxBuffer: 1e8 }, (error, out) =>
      done(error ? undefined : out),
    );
  });
}
