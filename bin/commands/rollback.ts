import { Command } from "commander";
import { rollBack } from "#lib/publishing/rollback.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { snapshotNumber } from "../flags.ts";
import { type PublishFlags, publishOptions, tellOutcome, withPublishFlags } from "./publish.ts";

export function rollbackCommand(): Command {
  return withPublishFlags(
    new Command("rollback")
      .description("show readers an earlier snapshot again")
      .argument(
        "[snapshot]",
        "its number, as “snapshots” lists it (default: the one before what is shown)",
        snapshotNumber,
      ),
  )
    .addHelpText(
      "after",
      "\nThe snapshot is published again, as a new one, so this can be taken back as well.\nFiles on the disk stay as they are: the next “publish” brings them back.",
    )
    .action(async (id: number | undefined, flags: PublishFlags) => {
      const result = await rollBack(readEnvironment(), id, publishOptions(flags));
      tellOutcome(result, flags);
      if (!result.isChange || flags.json) return;
      process.stdout.write(
        `Readers see what snapshot ${result.target.id} showed. Your files are as they were: the next “publish” shows them again.\n`,
      );
    });
}
