import { Command, Option } from "commander";
import { CHANNELS, type ChannelName } from "#lib/model/subscription.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { wordsOf } from "#lib/subscribers/change.ts";
import {
  type Filter,
  findSubscribers,
  type Listed,
  listed,
  listSubscribers,
  noteReveal,
  openRoster,
} from "#lib/subscribers/roster.ts";
import { count } from "../../output.ts";

const STATES = ["active", "pending", "quarantined", "ended"] as const;

/** Which subscribers a command is about. */
export interface FilterFlags {
  readonly channel?: ChannelName;
  readonly state?: (typeof STATES)[number];
  readonly component?: string;
}

interface Flags extends FilterFlags {
  readonly reveal?: true;
  readonly json?: true;
}

const REVEAL = "show addresses in the open; the ledger notes that you did";

export function withFilters(command: Command): Command {
  return command
    .addOption(new Option("--channel <name>", "on one channel alone").choices(CHANNELS))
    .addOption(new Option("--state <state>", "in one state alone").choices(STATES))
    .option("--component <id>", "who is told of a component, or of all");
}

export function filterOf({ channel, component, state }: FilterFlags): Filter {
  return { ...(channel && { channel }), ...(state && { state }), ...(component && { component }) };
}

export function listCommand(): Command {
  return withFilters(new Command("list").description("list them; addresses are masked"))
    .option("--reveal", REVEAL)
    .option("--json", "as JSON Lines")
    .action(async (flags: Flags) => {
      await using roster = await openRoster(readEnvironment());
      let shown = 0;
      for await (const one of listSubscribers(roster, filterOf(flags), flags.reveal ?? false)) {
        process.stdout.write(`${flags.json ? JSON.stringify(one) : lineOf(one)}\n`);
        shown += 1;
      }
      if (flags.reveal && shown > 0) await noteReveal(roster, shown, Date.now());
      if (!flags.json) process.stdout.write(shown === 0 ? "There are none.\n" : `${count(shown, "subscription")}\n`);
    });
}

export function showCommand(): Command {
  return new Command("show")
    .description("what is known of one: by its id, or by the address")
    .argument("<id or address>", "as “subscribers list” shows it, or the address itself")
    .option("--reveal", REVEAL)
    .option("--json", "as JSON Lines")
    .action(async (what: string, flags: Flags) => {
      await using roster = await openRoster(readEnvironment());
      const found = (await findSubscribers(roster, what)).map((one) => listed(roster, one, flags.reveal ?? false));
      for (const one of found) process.stdout.write(`${flags.json ? JSON.stringify(one) : factsOf(one)}\n`);
      if (flags.reveal && found.length > 0) await noteReveal(roster, found.length, Date.now());
      if (found.length > 0) return;
      process.stderr.write("Nobody is known by this id or address.\n");
      process.exitCode = 1;
    });
}

function lineOf(one: Listed): string {
  const why = one.state === "quarantined" && one.endedWhy !== undefined ? `  (${one.endedWhy})` : "";
  return `${one.id}  ${one.channel.padEnd(7)}  ${one.state.padEnd(11)}  ${(one.address ?? "(erased)").padEnd(32)}  ${interestText(one)}${why}`;
}

function interestText({ interest }: Listed): string {
  const { components, everyMinutes, isEndsOnly, isWeekly, leastImpact, quiet, topics, zone } = interest;
  const timing = [
    ...(isEndsOnly ? ["begin and end only"] : []),
    ...(everyMinutes ? [`every ${everyMinutes} min`] : []),
    ...(quiet ? [`quiet ${wordsOf(interest)["quiet"]}`] : []),
    ...(isWeekly ? ["maintenance by week"] : []),
    ...(zone ? [zone] : []),
  ].map((each) => `, ${each}`);
  const least = leastImpact === "none" ? "" : `, ${leastImpact} and worse`;
  return `${components.length === 0 ? "everything" : components.join(", ")}: ${topics.join(", ")}${least}${timing.join("")}`;
}

function factsOf(one: Listed): string {
  const day = (at: number | undefined) => (at === undefined ? "never" : new Date(at).toISOString());
  const facts = [
    ["Id", one.id],
    ["Channel", one.channel],
    ["Address", one.address ?? "(erased)"],
    ["State", one.endedWhy === undefined ? one.state : `${one.state}: ${one.endedWhy}`],
    ["Told of", interestText(one)],
    ["Came by", one.source],
    ["Since", day(one.createdAt)],
    ["Confirmed", day(one.confirmedAt)],
    ...(one.endedAt === undefined ? [] : [["Ended", day(one.endedAt)]]),
  ];
  return `${facts.map(([name = "", value]) => `${name.padEnd(11)}${value}`).join("\n")}\n`;
}
