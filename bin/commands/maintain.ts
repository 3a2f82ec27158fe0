import { Command } from "commander";
import { newEntryText } from "#lib/author/new-entry.ts";
import { slugOf } from "#lib/author/slug.ts";
import { openDesk } from "#lib/wire/author.ts";
import { readEnvironment } from "#lib/wire/environment.ts";
import { answered, answeredAtLength } from "../ask.ts";
import { timeOf } from "../flags.ts";
import { sayWritten } from "../written.ts";

interface Flags {
  readonly start?: string;
  readonly end?: string;
  readonly message?: string;
  readonly component?: readonly string[];
  readonly slug?: string;
}

export function maintainCommand(): Command {
  return new Command("maintain")
    .description("announce planned work: writes its file")
    .argument("[title]", "one line for customers")
    .option("--start <time>", "when it begins: “tomorrow 22:00”, or a time with its offset")
    .option("--end <time>", "when it ends")
    .option("-m, --message <text>", "what customers read, as Markdown")
    .option("--component <id...>", "what is under maintenance meanwhile")
    .option("--slug <slug>", "the permanent address (default: the date and the title)")
    .addHelpText(
      "after",
      "\nIn a terminal, what is not given is asked for. Nothing is shown to readers before “publish”.",
    )
    .action(async (title: string | undefined, flags: Flags) => {
      const environment = readEnvironment();
      const desk = await openDesk(environment, Date.now());
      const named = await answered(title, "The title", "What is planned, in one line for customers?");
      const start = timeOf(await answered(flags.start, "--start", "When does it begin?"), desk.config);
      const end = timeOf(await answered(flags.end, "--end", "When does it end?"), desk.config);
      const body = await answeredAtLength(flags.message, "--message", "What shall customers read?");
      const text = newEntryText({
        title: named,
        components: flags.component ?? [],
        scheduled: { start, end },
        updates: [{ at: timeOf("now", desk.config), status: "scheduled", body }],
        draft: false,
      });
      const on = start.slice(0, 10);
      const slug = flags.slug ?? `${on}-${slugOf(named) || "maintenance"}`.slice(0, 100);
      sayWritten(await desk.create(slug, text, on.slice(0, 4)), environment.content);
    });
}
