import { Command, InvalidArgumentError } from "commander";
import { pruneSnapshots } from "#lib/publishing/prune.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { agreed } from "../ask.ts";
import { snapshotNumber } from "../flags.ts";
import { count } from "../output.ts";

const DAY_MS = 86_400_000;

interface Flags {
  readonly keep?: number;
  readonly olderThan?: number;
  readonly dryRun?: true;
  readonly yes?: true;
}

/** A part of `snapshots`. */
export function pruneCommand(): Command {
  return new Command("prune")
    .description("throw old publications away for good, and the pictures that only they show")
    .option("--keep <number>", "so many of the newest stay", snapshotNumber)
    .option("--older-than <days>", "only what was published longer ago, such as 90d", daysOf)
    .option("--dry-run", "say what would go, and remove nothing")
    .option("--yes", "do not ask")
    .addHelpText(
      "after",
      "\nWhat readers see always stays, and so does a snapshot that a rollback shows again.\nWhat is gone cannot be gone back to, and no longer says what the page said that day.",
    )
    .action(async (flags: Flags, command: Command) => {
      const { keep, olderThan, dryRun, yes } = flags;
      if (keep === undefined && olderThan === undefined)
        command.error("Say what is to go: --keep, --older-than or both.");
      const wanted = {
        ...(keep === undefined ? {} : { newest: keep }),
        ...(olderThan === undefined ? {} : { since: Date.now() - olderThan * DAY_MS }),
      };
      const gone = await pruneSnapshots(readEnvironment(), wanted, async ({ snapshots, images }) => {
        const numbers = snapshots.map(({ id }) => id).join(", ");
        const what = `${count(snapshots.length, "snapshot")} and ${count(images.length, "picture")}`;
        process.stdout.write(
          snapshots.length === 0 ? "There is nothing to remove.\n" : `To be removed: ${what} (${numbers}).\n`,
        );
        if (dryRun || snapshots.length === 0) return false;
        return yes === true || (await agreed("Remove them for good?"));
      });
      if (gone) process.stdout.write("Removed.\n");
      else if (dryRun) process.stdout.write("Nothing was removed.\n");
    });
}

function daysOf(value: string): number {
  if (!/^[1-9]\d{0,4}d$/.test(value)) throw new InvalidArgumentError("It is a number of days, such as 90d.");
  return Number.parseInt(value, 10);
}
