import { resolve } from "node:path";
import { Command } from "commander";
import { backUp, restore } from "#lib/wire/backup.ts";
import { readEnvironment } from "#lib/wire/environment.ts";

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
    .option("--force", "also while servers and workers run; they see the change at once")
    .addHelpText(
      "after",
      "\nWhat was there is backed up first. Incident files are not touched.\nNothing that is older than the restoration is sent to anybody.",
    )
    .action(async (file: string, { force }: { force?: true }) => {
      const kept = await restore(readEnvironment(), resolve(file), { now: Date.now(), isForced: force ?? false });
      process.stdout.write(`Restored. What was there before is in ${kept}\n`);
    });
}
