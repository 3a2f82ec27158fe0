import { Command } from "commander";
import { DeliveryDesk } from "#lib/wire/delivery-desk.ts";
import { readEnvironment } from "#lib/wire/environment.ts";
import { agreed } from "../ask.ts";
import { account, type TargetFlags, withTarget } from "../delivery-flags.ts";
import { count } from "../output.ts";
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
      await using desk = await DeliveryDesk.open(readEnvironment());
      const { scope, reach } = await desk.halt(target, why, { by: by ?? account(), at: Date.now() });
      if (json) {
        process.stdout.write(`${JSON.stringify({ scope, reach }, null, 2)}\n`);
        return;
      }
      process.stdout.write(scope === "all" ? "Everything is halted.\n" : `Halted: ${scope.replace(":", " ")}.\n`);
      for (const one of reach) process.stdout.write(`${reachText(one)}\n`);
      if (reach.length === 0) process.stdout.write("Nothing was under way.\n");
    });
}

export function resumeCommand(): Command {
  return withTarget(new Command("resume").description("go on with what was halted or stopped, without a repeat"))
    .option("--yes", "do not ask")
    .action(async ({ by, json, yes, ...target }: TargetFlags & { yes?: true }) => {
      await using desk = await DeliveryDesk.open(readEnvironment());
      const halts = await desk.halts();
      if (!json) for (const { scope, why, by: who } of halts) process.stdout.write(`${scope}, by ${who}: ${why}\n`);
      if (!(yes || json || (await agreed("Go on sending?")))) return;
      const lifted = await desk.resume(target, { by: by ?? account(), at: Date.now() });
      if (json) process.stdout.write(`${JSON.stringify({ lifted })}\n`);
      else process.stdout.write(lifted === 0 ? "Nothing of that was halted.\n" : `Lifted ${count(lifted, "halt")}.\n`);
    });
}

export function approveCommand(): Command {
  return new Command("approve")
    .description("let a large notice leave, as the second person")
    .argument("<notice>", "its id, as “ledger” lists it")
    .option("--by <name>", "who approves (default: the name of the account); not the one who published it")
    .action(async (notice: string, { by }: { by?: string }) => {
      await using desk = await DeliveryDesk.open(readEnvironment());
      const channels = await desk.approve(notice, { by: by ?? account(), at: Date.now() });
      if (channels > 0) process.stdout.write(`Approved on ${count(channels, "channel")}; it leaves now.\n`);
      else {
        process.stdout.write("No notice of that id waits for approval. “ledger” lists them.\n");
        process.exitCode = 1;
      }
    });
}
