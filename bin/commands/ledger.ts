import { Command } from "commander";
import { DeliveryDesk } from "#lib/wire/delivery-desk.ts";
import { readEnvironment } from "#lib/wire/environment.ts";
import { count } from "../output.ts";
import { reachText } from "../reach.ts";

interface Flags {
  readonly incident?: string;
  readonly notice?: string;
  readonly subscriber?: string;
  readonly board?: string;
  readonly recipients?: true;
  readonly verify?: true;
  readonly json?: true;
}

export function ledgerCommand(): Command {
  return new Command("ledger")
    .description("what was sent, to whom, when, and what they answered")
    .option("--incident <slug>", "only of this incident or maintenance")
    .option("--notice <id>", "only of this notice")
    .option("--subscriber <address>", "what this address got, even after it was erased; or its name in the ledger")
    .option("--board <name>", "what this wallboard was sent")
    .option("--recipients", "with --notice: every recipient, with what became of it")
    .option("--verify", "prove that nothing in it was changed, removed or put in another place")
    .option("--json", "as JSON Lines: every entry, with its hash")
    .addHelpText(
      "after",
      "\nWithout options: the newest notices and how far they came.\nThe ledger holds no address. A subscriber has a name in it that only the holder of the secret can make from the address.",
    )
    .action(async (flags: Flags) => {
      await using desk = await DeliveryDesk.open(readEnvironment());
      if (flags.verify) return await sayVerified(desk);
      if (flags.notice !== undefined && flags.recipients) return await sayRecipients(desk, flags.notice, flags.json);
      if (flags.json || flags.subscriber !== undefined || flags.board !== undefined)
        return await sayEntries(desk, flags);
      const reach = await desk.reach(flags, 20);
      for (const one of reach) process.stdout.write(`${reachText(one)}\n`);
      if (reach.length === 0) process.stdout.write("Nothing was ever sent.\n");
      for (const { scope, why, by } of await desk.halts()) process.stdout.write(`Halted: ${scope}, by ${by}: ${why}\n`);
    });
}

async function sayVerified(desk: DeliveryDesk): Promise<void> {
  const faults = await desk.verify();
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  if (faults.length === 0)
    process.stdout.write("The ledger is whole: every entry is what was written, in its place.\n");
  else process.exitCode = 1;
}

async function sayRecipients(desk: DeliveryDesk, notice: string, json: true | undefined): Promise<void> {
  let seen = 0;
  for await (const one of desk.recipients(notice)) {
    seen += 1;
    const time = (at: number | undefined, word: string) =>
      at === undefined ? "" : ` ${word} ${new Date(at).toISOString()}`;
    const when = time(one.settledAt, "at") || (one.attempts > 0 ? time(one.dueAt, "until") : "");
    const line = `${one.state}${when}  ${one.channel}  ${one.address ?? `erased (${one.subscriber})`}  ${one.detail ?? ""}`;
    process.stdout.write(`${json ? JSON.stringify(one) : line.trimEnd()}\n`);
  }
  if (!json) process.stdout.write(`${count(seen, "recipient")}.\n`);
}

/** What an entry says besides, as far as a person wants to read it. */
const SAID = ["outcome", "source", "status", "detail", "scope", "why", "message"];

async function sayEntries(desk: DeliveryDesk, flags: Flags): Promise<void> {
  let seen = 0;
  for await (const entry of desk.ledger(flags)) {
    seen += 1;
    if (flags.json) {
      process.stdout.write(`${JSON.stringify(entry)}\n`);
      continue;
    }
    const { at, kind, channel, notice, data } = entry;
    const words = [
      new Date(at).toISOString(),
      kind,
      channel ?? "",
      notice ?? "",
      ...SAID.map((key) => String(data[key] ?? "")),
      data["by"] === undefined ? "" : `by ${String(data["by"])}`,
      boardWords(data),
    ];
    process.stdout.write(`${words.filter((word) => word !== "").join("  ")}\n`);
  }
  if (seen === 0 && !flags.json) process.stdout.write("The ledger has nothing of that.\n");
}

/** What an entry says of a wallboard. */
function boardWords(data: Readonly<Record<string, unknown>>): string {
  const { components, events, order, screen, line, after } = data as BoardData;
  const words = [
    components && `asks for ${components.length === 0 ? "everything" : components.join(", ")}`,
    events && events.length > 0 && `events ${events.join(", ")}`,
    order && `order ${order.id}: ${order.kind}`,
    screen && `screen ${screen.slice(0, 16)}`,
    line && `connection ${line}`,
    after !== undefined && `has had everything up to ${after}`,
  ];
  return words.filter(Boolean).join("; ");
}

interface BoardData {
  readonly components?: readonly string[];
  readonly events?: readonly number[];
  readonly order?: { readonly id: number; readonly kind: string };
  readonly screen?: string;
  readonly line?: string;
  readonly after?: number;
}
