import { relative } from "node:path";
import { Command } from "commander";
import { undoLast } from "#lib/content/folder/undo.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { COMMIT, commitIfWished } from "../written.ts";

export function undoCommand(): Command {
  return new Command("undo")
    .description("take back the last change that a command made to a file")
    .addHelpText(
      "after",
      "\nOnly a file that nobody has changed since is touched. May be repeated, up to 20 changes back.\nWhat was published stays published: publish again to show the file as it is now.",
    )
    .option(...COMMIT)
    .action(async ({ commit }: { commit?: true }) => {
      const environment = readEnvironment();
      const result = await undoLast(environment.data);
      if (!result) {
        process.stdout.write("There is nothing to take back.\n");
      } else if (result.isUndone) {
        process.stdout.write(`${result.change.before === undefined ? "Removed" : "Restored"} ${result.change.file}\n`);
        const file = relative(environment.content, result.change.file);
        process.stdout.write("Readers see what was published until you publish again.\n");
        await commitIfWished(file, environment, { deed: "Take back the last change to", commit });
      } else {
        process.stdout.write(`${result.change.file} has changed since. It was left as it is.\n`);
        process.exitCode = 1;
      }
    });
}
