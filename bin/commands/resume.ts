import { Command } from "commander";
import { account } from "#lib/access/account.ts";
import { withTokens } from "#lib/access/tokens.ts";
import { may } from "#lib/model/access.ts";
import type { Actor } from "#lib/model/actor.ts";
import { failure } from "#lib/model/failure.ts";
import { DeliveryOperations } from "#lib/publishing/delivery-operations.ts";
import { type Environment, readEnvironment } from "#lib/settings/environment.ts";
import { agreed, askedSecret } from "../ask.ts";
import { sayer, type TargetFlags, withTarget } from "../delivery-flags.ts";
import { count } from "../output.ts";
import { reachText } from "../reach.ts";

export function resumeCommand(): Command {
  return withTarget(new Command("resume").description("go on with what was halted or stopped, without a repeat"))
    .option("--all", "everything that is halted or stopped, the guard’s own halts included")
    .option("--yes", "do not ask")
    .addHelpText(
      "after",
      "\nWhat the guard has halted is wrong until somebody has looked: name what is to go on, or take it back (“withdraw”).",
    )
    .action(async ({ by, json, yes, all, ...target }: TargetFlags & { yes?: true; all?: true }) => {
      if (!(all || target.incident || target.channel || target.notice)) {
        process.stderr.write("Say what is to go on: --incident, --channel, --notice, or --all for everything.\n");
        process.exitCode = 2;
        return;
      }
      await using operations = await DeliveryOperations.open(readEnvironment());
      const halts = await operations.halts();
      if (!json) for (const { scope, why, by: who } of halts) process.stdout.write(`${scope}, by ${who}: ${why}\n`);
      if (!(yes || json || (await agreed("Go on sending?")))) return;
      const lifted = await operations.resume(target, { by: sayer(by), at: Date.now() });
      if (json) process.stdout.write(`${JSON.stringify({ lifted })}\n`);
      else process.stdout.write(lifted === 0 ? "Nothing of that was halted.\n" : `Lifted ${count(lifted, "halt")}.\n`);
    });
}

/** Who holds the token that is given now. @throws when it is none that may publish */
async function holder(environment: Environment): Promise<Actor> {
  const secret = await askedSecret("The token of the role publisher");
  const token = await withTokens(environment, (tokens) => tokens.ofSecret(secret, Date.now()));
  if (token && may(token.role, "publish")) return { kind: "token", name: token.name };
  const message = token
    ? `The token “${token.name}” has the role ${token.role}, which may not do this. Nothing was approved.`
    : "This token is not known, or its time is over. Nothing was approved.";
  throw failure("TOKEN", message);
}

export function approveCommand(): Command {
  return new Command("approve")
    .description("let a large notice leave, as the second person")
    .argument("<notice>", "its id, as “ledger” lists it")
    .option("--token", "as the holder of a token, which is asked for or read from standard input")
    .addHelpText(
      "after",
      `
The second person is another than the one who published, and proves it: by a token of the role publisher with another
name and e-mail address, or, where a command published, by another account of this machine. The ledger says which.`,
    )
    .action(async (notice: string, { token }: { token?: true }) => {
      const environment = readEnvironment();
      const by = token ? await holder(environment) : { kind: "account" as const, name: account() };
      await using operations = await DeliveryOperations.open(environment);
      const channels = await operations.approve(notice, { by, at: Date.now() });
      if (channels > 0) process.stdout.write(`Approved on ${count(channels, "channel")}; it leaves now.\n`);
      else {
        process.stdout.write("No notice of that id waits for approval. “ledger” lists them.\n");
        process.exitCode = 1;
      }
    });
}

export function withdrawCommand(): Command {
  return new Command("withdraw")
    .description("take a notice back for good from everyone whom it has not reached")
    .argument("<notice>", "its id, as “ledger” lists it")
    .option("--why <text>", "for the ledger", "no reason was given")
    .option("--by <name>", "who says so (default: the name of the account)")
    .option("--yes", "do not ask")
    .addHelpText(
      "after",
      "\nThere is no way back: the same news is never told again. Who has it already learns of it by “correct”.",
    )
    .action(async (notice: string, { why, by, yes }: { why: string; by?: string; yes?: true }) => {
      await using operations = await DeliveryOperations.open(readEnvironment());
      for (const one of await operations.reach({ notice }, 10)) process.stdout.write(`${reachText(one)}\n`);
      if (!(yes || (await agreed("Take it back from everyone else?")))) return;
      const taken = await operations.withdraw(notice, why, { by: sayer(by), at: Date.now() });
      process.stdout.write(
        taken === 0 ? "Nobody was waiting for it.\n" : `Taken back from ${count(taken, "recipient")}.\n`,
      );
    });
}
