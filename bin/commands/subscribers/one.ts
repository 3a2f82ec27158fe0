import { Command, Option } from "commander";
import { IMPACTS, type Impact } from "#lib/model/incident.ts";
import { CHANNELS, type ChannelName, TOPICS, type Topic } from "#lib/model/subscription.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { changeAll, readTiming } from "#lib/subscribers/change.ts";
import { enter, eraseAll, remove } from "#lib/subscribers/enter.ts";
import { findSubscribers, openRoster } from "#lib/subscribers/roster.ts";
import { tryOut } from "#lib/subscribers/try-out.ts";
import { agreed } from "../../ask.ts";
import { count } from "../../output.ts";

interface AddFlags {
  readonly channel: ChannelName;
  readonly component?: readonly string[];
  readonly topic?: readonly Topic[];
  readonly leastImpact: Impact;
}

/** How often and when, as flags say it. */
type TimingFlags = Readonly<Partial<Record<"detail" | "every" | "quiet" | "maintenance" | "zone", string>>>;

function withTiming(command: Command): Command {
  return command
    .addOption(new Option("--detail <which>", "everything, or begin and end only").choices(["all", "ends"]))
    .option("--every <minutes>", "while an incident lasts, one message in so many minutes at most; 0 for each at once")
    .option("--quiet <hours>", "when only what is critical is sent, such as 22:00-07:00; or none")
    .addOption(new Option("--maintenance <how>", "each as it is planned, or by week").choices(["each", "weekly"]))
    .option("--zone <name>", "time zone of messages and quiet hours, such as Europe/Copenhagen; or site");
}

export function addCommand(): Command {
  return withTiming(new Command("add"))
    .description("subscribe somebody on your word: that they agreed, nobody asks them")
    .argument("<address>", "a mailbox, or the address of a webhook or of a chat's incoming webhook")
    .addOption(new Option("--channel <name>", "by which they are told").choices(CHANNELS).default("email"))
    .option("--component <id...>", "components to be told of (default: all)")
    .addOption(new Option("--topic <topic...>", "kinds of news (default: all)").choices(TOPICS))
    .addOption(
      new Option("--least-impact <impact>", "of incidents, only these and worse").choices(IMPACTS).default("none"),
    )
    .action(async (address: string, { channel, component, leastImpact, topic, ...flags }: AddFlags & TimingFlags) => {
      await using roster = await openRoster(readEnvironment());
      const timing = readTiming(flags);
      if ("field" in timing) return refuse(timing);
      const interest = { components: component ?? [], topics: topic, leastImpact, ...timing };
      const result = await enter(roster, { channel, address, interest }, Date.now());
      if (result.kind === "added") {
        process.stdout.write(`Added ${result.id}. It is active, and nothing was sent to it.\n`);
        return;
      }
      const known = "id" in result ? `This address is known already: ${result.id}, ${result.state}.` : "";
      process.stderr.write(result.kind === "refused" ? `${result.message} ${result.remedy}\n` : `${known}\n`);
      process.exitCode = 1;
    });
}

interface ChangeFlags extends TimingFlags {
  readonly component?: readonly string[];
  readonly allComponents?: true;
  readonly topic?: readonly Topic[];
  readonly leastImpact?: Impact;
  readonly dryRun?: boolean;
}

export function changeCommand(): Command {
  return withTiming(new Command("change"))
    .description("change what somebody asked for; what is not named stays as it is")
    .argument("<id or address>", "as “subscribers list” shows it, or the address itself")
    .option("--component <id...>", "components to be told of")
    .option("--all-components", "all of them, and those to come")
    .addOption(new Option("--topic <topic...>", "kinds of news").choices(TOPICS))
    .addOption(new Option("--least-impact <impact>", "of incidents, only these and worse").choices(IMPACTS))
    .option("--dry-run", "say what would be different, and write nothing")
    .action(async (what: string, { allComponents, component, dryRun = false, topic, ...rest }: ChangeFlags) => {
      await using roster = await openRoster(readEnvironment());
      const change = { ...rest, topics: topic, components: allComponents ? [] : component };
      const changed = await changeAll(roster, what, change, { now: Date.now(), dryRun });
      if ("message" in changed) return refuse(changed);
      for (const { differences, id } of changed) {
        process.stdout.write(`${id}: ${differences.length > 0 ? differences.join(", ") : "as before"}\n`);
      }
      if (changed.length === 0) return refuse({ message: "No living subscription is known by this id or address." });
      if (dryRun) process.stdout.write("Nothing was written.\n");
    });
}

function refuse({ message, remedy = "" }: { readonly message: string; readonly remedy?: string }): void {
  process.stderr.write(`${message} ${remedy}`.trimEnd());
  process.stderr.write("\n");
  process.exitCode = 1;
}

export function removeCommand(): Command {
  return new Command("remove")
    .description("end a subscription; the address is kept, so that it can be seen why")
    .argument("<id or address>", "as “subscribers list” shows it, or the address itself")
    .action(async (what: string) => {
      await using roster = await openRoster(readEnvironment());
      tell(await remove(roster, what, Date.now()), "ended");
    });
}

export function eraseCommand(): Command {
  return new Command("erase")
    .description("take an address out for good, also of somebody who left")
    .argument("<id or address>", "as “subscribers list” shows it, or the address itself")
    .option("--yes", "do not ask")
    .addHelpText(
      "after",
      "\nGone are the address and what was locked with it, and mails in the data folder. The ledger goes on saying what\nwas sent, to a pseudonym: “candor ledger --subscriber <address>” finds it for whoever knows the address.\nBackups made before still hold the address, encrypted; so do mail servers' own logs.",
    )
    .action(async (what: string, { yes }: { readonly yes?: true }) => {
      await using roster = await openRoster(readEnvironment());
      const found = (await findSubscribers(roster, what)).filter(({ address }) => address !== null).length;
      if (found > 0 && !yes && !(await agreed(`Erase ${count(found, "subscription")} for good?`))) {
        process.stdout.write("Nothing was erased.\n");
        return;
      }
      tell(await eraseAll(roster, what, Date.now()), "erased");
    });
}

export function testCommand(): Command {
  return new Command("test")
    .description("send a test message to one subscriber")
    .argument("<id or address>", "as “subscribers list” shows it, or the address itself")
    .action(async (what: string) => {
      await using roster = await openRoster(readEnvironment());
      const found = (await findSubscribers(roster, what)).filter(
        ({ address, state }) => address !== null && state !== "ended",
      );
      const [one] = found;
      if (!one || found.length > 1) {
        process.stderr.write(
          one
            ? `There are several: name one of ${found.map(({ id }) => id).join(", ")}.\n`
            : "No living subscription is known by this id or address.\n",
        );
        process.exitCode = 1;
        return;
      }
      const outcome = await tryOut(roster, one.id, Date.now());
      process.stdout.write(`${OUTCOMES[outcome]}\n`);
      if (outcome !== "sent") process.exitCode = 1;
    });
}

const OUTCOMES = {
  sent: "The other side took it.",
  failed: "The other side did not take it. Look whether the address is right, and at “candor doctor”.",
  queued: "It waits in the queue and is sent as soon as it can be. What is in its way, “candor doctor” says.",
  "too-many": "This subscription has had enough messages for today.",
} as const;

function tell(number: number, deed: string): void {
  if (number > 0) process.stdout.write(`${count(number, "subscription")} ${deed}.\n`);
  else {
    process.stderr.write(`Nothing was ${deed}: nobody is known by this id or address, or it was done before.\n`);
    process.exitCode = 1;
  }
}
