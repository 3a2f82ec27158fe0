import { Command } from "commander";
import { openDesk } from "#lib/content/folder/content-folder.ts";
import { planMaintenance } from "#lib/content/folder/write.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { answered, answeredAtLength } from "../ask.ts";
import { keepingWords } from "../kept-words.ts";
import { COMMIT, sayWritten } from "../written.ts";

interface Flags {
  readonly start?: string;
  readonly end?: string;
  readonly message?: string;
  readonly component?: readonly string[];
  readonly slug?: string;
  readonly commit?: true;
}

export function maintainCommand(): Command {
  return new Command("maintain")
    .description("announce planned work: writes its file")
    .argument("[title]", "one line for customers")
    .option("--start <time>", "when it begins: “tomorrow 22:00”, or a time with its offset")
    .option("--end <time>", "when it ends: “23:30” is the next one after it begins, “+2h” is counted from there")
    .option("-m, --message <text>", "what customers read, as Markdown")
    .option("--component <id...>", "what is under maintenance meanwhile")
    .option("--slug <slug>", "the permanent address (default: the date and the title)")
    .option(...COMMIT)
    .addHelpText(
      "after",
      "\nIn a terminal, what is not given is asked for. Nothing is shown to readers before “publish”.",
    )
    .action(async (title: string | undefined, flags: Flags) => {
      const environment = readEnvironment();
      const desk = await openDesk(environment, Date.now());
      const named = await answered(title, "The title", "What is planned, in one line for customers?");
      const start = await answered(flags.start, "--start", "When does it begin?");
      const end = await answered(flags.end, "--end", "When does it end? (23:30, or +2h)");
      const message = await answeredAtLength(flags.message, "--message", "What shall customers read?");
      const said = { title: named, message, start, end, components: flags.component ?? [], slug: flags.slug };
      const written = await keepingWords(desk, message, () => planMaintenance(desk, said, Date.now()));
      await sayWritten(written, environment, { ...flags, deed: "Announce" });
    });
}
