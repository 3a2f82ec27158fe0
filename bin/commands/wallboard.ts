import { Command } from "commander";
import { readEnvironment } from "#lib/settings/environment.ts";
import { type BoardOrder, Wallboards } from "#lib/web/live/wallboards.ts";
import { sayer } from "../delivery-flags.ts";
import { count } from "../output.ts";

interface OrderFlags {
  readonly by?: string;
  readonly json?: true;
}

const DAY_MS = 86_400_000;

export function wallboardCommand(): Command {
  return new Command("wallboard")
    .description("see the televisions that show the site, and order them")
    .addCommand(listCommand())
    .addCommand(
      orderCommand("reload", "have boards load their page anew, which takes everything off them that was pushed"),
    )
    .addCommand(orderCommand("clear", "take everything off boards; they stay empty until “wallboard reload”"))
    .addHelpText(
      "after",
      "\nA board is a page /wallboard?components=…&board=<name> that is open on a television. It is sent what concerns these\ncomponents and nothing else, and everything it is sent is in the ledger: “ledger --board <name>”.\n“halt --channel live” stops what is pushed to pages and boards; orders still reach them.",
    );
}

function listCommand(): Command {
  return new Command("list")
    .description("list the boards that were connected within a day")
    .option("--json", "as JSON")
    .action(async ({ json }: OrderFlags) => {
      const now = Date.now();
      await using boards = await Wallboards.open(readEnvironment());
      const all = await boards.list(now - DAY_MS, now);
      if (json) {
        process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
        return;
      }
      for (const { id, components, isOpen, openedAt, seenAt } of all) {
        const state = isOpen ? `connected since ${timeOf(openedAt)}` : `gone; last seen ${timeOf(seenAt)}`;
        process.stdout.write(`${id}  ${state}  ${components.length === 0 ? "everything" : components.join(", ")}\n`);
      }
      const open = all.filter(({ isOpen }) => isOpen).length;
      process.stdout.write(all.length === 0 ? "No board was connected within a day.\n" : `${open} connected.\n`);
    });
}

function orderCommand(kind: BoardOrder["kind"], description: string): Command {
  return new Command(kind)
    .description(description)
    .argument("[board]", "only this board; every board without it")
    .option("--by <name>", "who says so (default: the name of the account)")
    .option("--json", "as JSON")
    .addHelpText(
      "after",
      "\nWaits until every server has passed the order on, which takes about a second, and says which boards it was sent to.\nExits 1 when one that counts as connected was not reached.",
    )
    .action(async (board: string | undefined, { by, json }: OrderFlags) => {
      await using boards = await Wallboards.open(readEnvironment());
      const order = { kind, by: sayer(by), at: Date.now(), ...(board === undefined ? {} : { board }) };
      const { sent, missing } = await boards.order(order);
      if (missing.length > 0) process.exitCode = 1;
      if (json) {
        process.stdout.write(`${JSON.stringify({ sent, missing }, null, 2)}\n`);
        return;
      }
      const word = kind === "reload" ? "Told to reload" : "Cleared";
      process.stdout.write(`${word}: ${sent.length === 0 ? "no board" : count(sent.length, "board")}.\n`);
      if (missing.length > 0) process.stdout.write(`Not reached: ${missing.join(", ")}. Is their server running?\n`);
      if (board !== undefined && sent.length + missing.length === 0)
        process.stdout.write(`No board called “${board}” is connected. “wallboard list” shows those that are.\n`);
    });
}

function timeOf(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+/, "");
}
