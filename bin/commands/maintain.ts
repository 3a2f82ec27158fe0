import { Command } from "commander";
import { type ContentFolder, openContentFolder } from "#lib/content/folder/content-folder.ts";
import type { FoundEntry } from "#lib/content/folder/find-entry.ts";
import { cancelMaintenance, moveMaintenance } from "#lib/content/folder/move-maintenance.ts";
import { planMaintenance } from "#lib/content/folder/write.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { componentIds } from "../affected.ts";
import { answered, answeredAtLength } from "../ask.ts";
import { judgeEnd, judgeTime, judgeTitle, momentOf } from "../judge.ts";
import { keepingWords } from "../kept-words.ts";
import { foundEntry } from "../which.ts";
import { COMMIT, sayWritten } from "../written.ts";

interface Flags {
  readonly start?: string;
  readonly end?: string;
  readonly message?: string;
  readonly component?: readonly string[];
  readonly slug?: string;
  readonly postpone?: string;
  readonly extend?: string;
  readonly cancel?: true;
  readonly commit?: true;
}

export function maintainCommand(): Command {
  return new Command("maintain")
    .description("announce planned work, or postpone, extend or cancel what is announced: writes its file")
    .argument(
      "[title-or-name]",
      "one line for customers; with --postpone, --extend or --cancel a part of the file's name",
    )
    .option("--start <time>", "when it begins: “tomorrow 22:00”, or a time with its offset")
    .option("--end <time>", "when it ends: “23:30” is the next one after it begins, “+2h” is counted from there")
    .option("-m, --message <text>", "what customers read, as Markdown")
    .option("--component <id...>", "what is under maintenance meanwhile")
    .option("--slug <slug>", "the permanent address (default: the date and the title)")
    .option("--postpone <time>", "move it to another beginning; it takes as long as before, unless --end is given")
    .option("--extend <time>", "move its end: “+30m” is counted from the end that was planned")
    .option("--cancel", "say that it will not take place, or is broken off")
    .option(...COMMIT)
    .addHelpText(
      "after",
      "\nIn a terminal, what is not given is asked for. Nothing is shown to readers before “publish”.\nSubscribers are told of a new window, and that it is cancelled, by “publish” too.",
    )
    .action(async (title: string | undefined, flags: Flags) => {
      const changes = [flags.postpone, flags.extend, flags.cancel].filter((each) => each !== undefined);
      if (changes.length > 1) {
        process.stdout.write("--postpone, --extend and --cancel exclude one another. Nothing was written.\n");
        process.exitCode = 2;
        return;
      }
      const contentFolder = await openContentFolder(readEnvironment(), Date.now());
      if (changes.length === 0) return await announce(contentFolder, title, flags);
      const found = await foundEntry(contentFolder, title);
      if (found) await change(contentFolder, found, flags);
    });
}

async function announce(contentFolder: ContentFolder, title: string | undefined, flags: Flags): Promise<void> {
  const { config } = contentFolder;
  const named = await answered(title, "The title", "What is planned, in one line for customers?", judgeTitle);
  const start = await answered(flags.start, "--start", "When does it begin? (tomorrow 22:00)", judgeTime(config));
  const end = await answered(
    flags.end,
    "--end",
    "When does it end? (23:30, or +2h)",
    judgeEnd(config, momentOf(start, config)),
  );
  const components = flags.component ?? (await componentIds("What is under maintenance meanwhile?", config.components));
  const message = await answeredAtLength(flags.message, "--message", "What shall customers read?");
  const said = { title: named, message, start, end, components, slug: flags.slug };
  const written = await keepingWords(contentFolder, message, () => planMaintenance(contentFolder, said, Date.now()));
  await sayWritten(written, readEnvironment(), { ...flags, deed: "Announce" });
}

async function change(
  contentFolder: ContentFolder,
  found: FoundEntry,
  { postpone, extend, end, ...flags }: Flags,
): Promise<void> {
  const message = await answeredAtLength(
    flags.message,
    "--message",
    `What shall customers read of “${found.entry.title}”?`,
  );
  const now = Date.now();
  const written = await keepingWords(contentFolder, message, async () =>
    flags.cancel
      ? await cancelMaintenance(contentFolder, found, message, now)
      : await moveMaintenance(contentFolder, found, { start: postpone, end: extend ?? end, message }, now),
  );
  const deed = flags.cancel ? "Cancel" : postpone === undefined ? "Extend" : "Postpone";
  await sayWritten(written, readEnvironment(), { ...flags, deed });
}
