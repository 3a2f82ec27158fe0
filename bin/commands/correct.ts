import { Command } from "commander";
import { DeliveryOperations } from "#lib/publishing/delivery-operations.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { agreed, answeredAtLength } from "../ask.ts";
import { sayer } from "../delivery-flags.ts";
import { count } from "../output.ts";
import { reachText } from "../reach.ts";

export function correctCommand(): Command {
  return new Command("correct")
    .description("tell exactly those who received a wrong notice that it was wrong")
    .argument("<notice>", "its id, as “ledger” lists it")
    .option("-m, --message <text>", "what they are to know, as Markdown")
    .option("--by <name>", "who says so (default: the name of the account)")
    .option("--yes", "do not ask")
    .addHelpText(
      "after",
      "\nIt reaches everyone who received the notice or may have, whatever they ask for now, in the same thread.\nThe incident's page, the feeds and the API show it from then on among the updates. The wrong words stay as they were:\nput them right in the file as well, and then “publish --quiet”.",
    )
    .action(async (notice: string, flags: { message?: string; by?: string; yes?: true }) => {
      await using operations = await DeliveryOperations.open(readEnvironment());
      const before = await operations.reach({ notice }, 10);
      for (const one of before) process.stdout.write(`${reachText(one)}\n`);
      const message = await answeredAtLength(flags.message, "--message", "What are they to know?");
      if (!(flags.yes || (await agreed("Send the correction?")))) return;
      const { notice: correction, sealed } = await operations.correct({
        notice,
        message,
        by: sayer(flags.by),
        at: Date.now(),
      });
      const all = sealed.reduce((sum, { recipients }) => sum + recipients, 0);
      process.stdout.write(
        all === 0 ? "Nobody had received it.\n" : `The correction goes to ${count(all, "recipient")}.\n`,
      );
      if (sealed.some(({ needsApproval }) => needsApproval))
        process.stdout.write(`It waits for a second person: candor approve ${correction.id} --token\n`);
    });
}
