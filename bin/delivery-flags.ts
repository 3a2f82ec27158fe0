import { type Command, Option } from "commander";
import { account } from "#lib/access/account.ts";
import { actorText } from "#lib/model/actor.ts";
import { LIVE } from "#lib/model/live.ts";
import { CHANNELS } from "#lib/model/subscription.ts";

/** Which part of delivery an order is about; everything when nothing is named. */
export interface TargetFlags {
  readonly incident?: string;
  readonly channel?: string;
  readonly notice?: string;
  readonly by?: string;
  readonly json?: true;
}

export function withTarget(command: Command): Command {
  return command
    .option("--incident <slug>", "only what is told of this incident or maintenance")
    .addOption(
      new Option("--channel <name>", "only this channel; “live” is what is pushed to pages and wallboards").choices([
        ...CHANNELS,
        LIVE,
      ]),
    )
    .option("--notice <id>", "only this notice")
    .option("--by <name>", "who says so (default: the name of the account)")
    .option("--json", "as JSON");
}

/** Who sits at the terminal, with the account wherever another name is said: nothing proves that one. */
export function sayer(by: string | undefined): string {
  return actorText({ kind: "account", name: account(), for: by });
}
