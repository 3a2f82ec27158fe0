import { resolve } from "node:path";
import { Command } from "commander";
import { isFailure } from "#lib/model/failure.ts";
import { backUp, restore } from "#lib/operation/backup.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { agreed, isTerminal } from "../ask.ts";
import { count } from "../output.ts";

export function backupCommand(): Command {
  return new Command("backup")
    .description("write everything the database holds into one file, while everything goes on running")
    .argument("[file]", "where (default: backups/ in the data folder, with the time)")
    .addHelpText(
      "after",
      "\nThe file is SQLite, also when the database is PostgreSQL; “restore” puts it into either.\nKeep CANDOR_SECRET, or the file “secret” of the data folder, apart from it: addresses cannot be read without.",
    )
    .action(async (file: string | undefined) => {
      const written = await backUp(readEnvironment(), Date.now(), file === undefined ? undefined : resolve(file));
      process.stdout.write(`Everything is in ${written}\n`);
    });
}

export function restoreCommand(): Command {
  return new Command("restore")
    .description("put what a backup holds in the place of everything in the database")
    .argument("<file>", "a backup")
    .option("--without-erasures", "also where nothing says who has left or was erased since the backup")
    .option("--force", "also while servers and workers run; they see the change at once")
    .addHelpText(
      "after",
      "\nWhat was there is backed up first. Incident files are not touched.\nWho has left or was erased since stays so, and nothing of what happened since is sent before somebody has decided on it.",
    )
    .action(async (file: string, { force, withoutErasures }: { force?: true; withoutErasures?: true }) => {
      const options = { now: Date.now(), isForced: force ?? false, withoutErasures: withoutErasures ?? false };
      const bring = (more: { withoutErasures?: true }) =>
        restore(readEnvironment(), resolve(file), { ...options, ...more });
      const { kept, carried } = await bring({}).catch(async (error: unknown) => {
        if (!(isFailure(error, "NO_ERASURES") && isTerminal())) throw error;
        process.stdout.write(`${error.message}\n`);
        if (!(await agreed("Restore it all the same?"))) throw error;
        return await bring({ withoutErasures: true });
      });
      process.stdout.write(
        `Restored. What was there before is in ${kept}\nCarried over: ${count(carried.ended, "subscription")} that had ended since, ${count(carried.known, "event")} that subscribers know of.\nThe next “publish” asks about everything else that happened after the backup.\n`,
      );
    });
}
