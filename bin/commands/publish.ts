import { Command } from "commander";
import { readEnvironment } from "#lib/wire/environment.ts";
import { publish } from "#lib/wire/publish.ts";
import { count, problemText } from "../output.ts";

export function publishCommand(): Command {
  return new Command("publish")
    .description("check the content folder and show it to readers")
    .addHelpText(
      "after",
      "\nPublishing is all or nothing: with an error in any file, readers go on seeing what they saw.\nA running server shows the new content within a second.",
    )
    .action(async () => {
      const { snapshot, isChange, problems } = await publish(readEnvironment(), { now: Date.now() });
      for (const problem of problems) process.stdout.write(`${problemText(problem)}\n`);
      if (!snapshot) {
        process.stdout.write("Nothing was published: mend the errors above first. Readers see what they saw before.\n");
        process.exitCode = 1;
      } else if (isChange) {
        process.stdout.write(`Published ${count(snapshot.entries, "entry", "entries")} as snapshot ${snapshot.id}.\n`);
      } else {
        process.stdout.write(`Nothing has changed since snapshot ${snapshot.id}.\n`);
      }
    });
}
