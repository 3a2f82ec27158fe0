import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { Command } from "commander";
import { headsIn } from "#lib/delivery/witness/heads.ts";
import { failure } from "#lib/model/failure.ts";
import { DeliveryOperations } from "#lib/publishing/delivery-operations.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { count } from "../output.ts";
import { reachText } from "../reach.ts";
import { shownText } from "../shown.ts";

interface Flags {
  readonly incident?: string;
  readonly notice?: string;
  readonly subscriber?: string;
  readonly board?: string;
  readonly recipients?: true;
  readonly verify?: true;
  readonly witness?: string;
  readonly show?: true;
  readonly to?: string;
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
    .option(
      "--witness <file>",
      "with --verify: hold it against the heads that a file or a mail has on record; - reads them",
    )
    .option("--show", "with --notice: the words that were sealed, as a recipient got them")
    .option("--to <subscriber>", "with --show: for this recipient, by address or name in the ledger")
    .option("--json", "as JSON Lines: every entry, with its hash")
    .addHelpText(
      "after",
      "\nWithout options: the newest notices and how far they came, those that are still under way or wait for somebody first.\nThe ledger holds no address. A subscriber has a name in it that only the holder of the secret can make from the address.",
    )
    .action(async (flags: Flags) => {
      await using operations = await DeliveryOperations.open(readEnvironment());
      if (flags.verify) return await sayVerified(operations, flags.witness);
      if (flags.show) return await sayShown(operations, flags);
      if (flags.notice !== undefined && flags.recipients)
        return await sayRecipients(operations, flags.notice, flags.json);
      if (flags.json || flags.subscriber !== undefined || flags.board !== undefined)
        return await sayEntries(operations, flags);
      const reach = await operations.reach(flags, 20);
      for (const one of reach) process.stdout.write(`${reachText(one)}\n`);
      if (reach.length === 0) process.stdout.write("Nothing was ever sent.\n");
      for (const { scope, why, by } of await operations.halts())
        process.stdout.write(`Halted: ${scope}, by ${by}: ${why}\n`);
    });
}

async function sayVerified(operations: DeliveryOperations, witness: string | undefined): Promise<void> {
  const heads = witness === undefined ? undefined : headsIn(await textOf(witness));
  if (heads?.length === 0) {
    const message = `${witness} has no line “candor-ledger …”: nothing was witnessed there. See “CANDOR_WITNESS” in docs/guides/running.md.`;
    throw failure("NO_WITNESS", message);
  }
  const { entries, faults, notes } = await operations.verify(heads);
  for (const sentence of [...faults, ...notes]) process.stdout.write(`${sentence}\n`);
  const whole = `The ledger is whole: every one of its ${entries.toLocaleString("en")} entries is what was written, in its place, and the tables agree with it.\n`;
  if (faults.length === 0) process.stdout.write(whole);
  else process.exitCode = 1;
}

async function textOf(file: string): Promise<string> {
  return file === "-" ? await text(process.stdin) : await readFile(file, "utf8");
}

async function sayRecipients(operations: DeliveryOperations, notice: string, json: true | undefined): Promise<void> {
  let seen = 0;
  for await (const one of operations.recipients(notice)) {
    seen += 1;
    const time = (at: number | undefined, word: string) =>
      at === undefined ? "" : ` ${word} ${new Date(at).toISOString()}`;
    const when = time(one.settledAt, "at") || (one.attempts > 0 ? time(one.dueAt, "until") : "");
    const line = `${one.state}${when}  ${one.channel}  ${one.address ?? `erased (${one.subscriber})`}  ${one.detail ?? ""}`;
    process.stdout.write(`${json ? JSON.stringify(one) : line.trimEnd()}\n`);
  }
  if (!json) process.stdout.write(`${count(seen, "recipient")}.\n`);
}

async function sayShown(operations: DeliveryOperations, { notice, to, json }: Flags): Promise<void> {
  if (notice === undefined) throw usage("--show needs --notice <id>: list notices with “candor ledger”.");
  const shown = await operations.shown(notice, to);
  if (shown.length === 0) {
    const whom = to === undefined ? "" : " for this recipient";
    throw usage(`Nothing of notice ${notice} was sealed${whom}. List its recipients with --recipients.`);
  }
  for (const one of shown) process.stdout.write(json ? `${JSON.stringify(one)}\n` : `${shownText(one)}\n`);
}

function usage(message: string): Error {
  return failure("NOT_SHOWN", message);
}

/** What an entry says besides, as far as a person wants to read it. */
const SAID = ["outcome", "source", "status", "detail", "scope", "why", "message"];

async function sayEntries(operations: DeliveryOperations, flags: Flags): Promise<void> {
  let seen = 0;
  for await (const entry of operations.ledger(flags)) {
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
