import type { Written } from "#lib/content/folder/content-folder.ts";
import { commitFile } from "#lib/content/folder/git.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { problemText } from "./output.ts";

/** How a command that writes is asked to commit as well. */
export const COMMIT = ["--commit", "commit the file to git as well (always, with CANDOR_GIT=commit)"] as const;

interface Commit {
  /** What was done, for the commit's message; the slug follows. */
  readonly deed: string;
  /** Whether `--commit` was given. */
  readonly commit?: true | undefined;
}

/** Says what became of a change and what to do next, and commits the file where that is wished. */
export async function sayWritten(written: Written, environment: Environment, commit: Commit): Promise<void> {
  const folder = environment.content;
  switch (written.kind) {
    case "written":
      process.stdout.write(`Wrote ${folder}/${written.file}\n`);
      for (const problem of written.warnings) process.stdout.write(`${problemText(problem)}\n`);
      await commitIfWished(written.file, environment, commit);
      process.stdout.write("Show it to readers:  npm run candor -- publish\n");
      return;
    case "changed":
      process.stdout.write(
        `${folder}/${written.file} was changed by somebody else meanwhile. Nothing was written; try again.\n`,
      );
      break;
    case "refused":
      for (const problem of written.problems) process.stdout.write(`${problemText(problem)}\n`);
      process.stdout.write("Nothing was written: the result would have had the errors above.\n");
  }
  process.exitCode = 1;
}

/** A commit that fails is said, and is no failure of the command: the file is written. */
export async function commitIfWished(file: string, environment: Environment, { deed, commit }: Commit): Promise<void> {
  const isWished = commit ?? environment.git === "commit";
  if (!isWished || environment.git === "off") return;
  const slug = file.replace(/^.*[\\/]/, "").replace(/\.md$/, "");
  const done = await commitFile(environment.content, { file, message: `${deed} ${slug}` });
  if (done.kind === "committed") process.stdout.write(`Committed as ${done.id.slice(0, 10)}\n`);
  else if (done.kind === "failed") process.stdout.write(`It could not be committed: ${done.why}\n`);
  else process.stdout.write(`It could not be committed: ${environment.content} is in no work tree of git.\n`);
}
