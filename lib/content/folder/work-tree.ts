import { runGit } from "./git.ts";

/** The state of a git work tree: its commit, and whether a folder in it holds anything that is not committed. */
export interface WorkTree {
  readonly hash: string;
  readonly isDirty: boolean;
}

/** The state of the work tree that a folder lies in; undefined where there is none, no commit yet, or no git. */
export async function workTreeOf(folder: string): Promise<WorkTree | undefined> {
  const head = await runGit(folder, ["rev-parse", "--verify", "--quiet", "HEAD"]);
  if (!head.isDone) return undefined;
  const status = await runGit(folder, [
    "--no-optional-locks",
    "status",
    "--porcelain",
    "--untracked-files=normal",
    "--",
    ".",
  ]);
  return status.isDone ? { hash: head.out.trim(), isDirty: status.out !== "" } : undefined;
}
