import { Command } from "commander";
import { haltNow } from "#lib/delivery/halt-now.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { sayer, type TargetFlags, withTarget } from "../delivery-flags.ts";
import { reachText } from "../reach.ts";

export function haltCommand(): Command {
  return withTarget(
    new Command("halt").description("stop sending: everything, one incident, one channel or one notice"),
  )
    .option("--why <text>", "for the ledger, and for whoever finds it halted", "no reason was given")
    .addHelpText(
      "after",
      "\nStops what is queued and what is in flight within a second, asks nothing first, and says how far each notice\nhad come. Who received it: “ledger --notice <id> --recipients”. “resume” goes on without a repeat.",
    )
    .action(async ({ why, by, json, ...target }: TargetFlags & { why: string }) => {
      const { scope, reach } = await haltNow(readEnvironment(), target, { why, by: sayer(by), at: Date.now() });
      if (json) {
        process.stdout.write(`${JSON.stringify({ scope, reach }, null, 2)}\n`);
        return;
      }
      const what = target.incident === undefined ? scope.replace(":", " ") : `everything about “${target.incident}”`;
      process.stdout.write(scope === "all" ? "Everything is halted.\n" : `Halted: ${what}.\n`);
      for (const one of reach) process.stdout.write(`${reachText(one)}\n`);
      process.stdout.write(
        reach.length === 0
          ? "Nothing was under way.\n"
          : "Who received it, one by one: candor ledger --notice <id> --recipients\n",
      );
    });
}
