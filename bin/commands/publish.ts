import { Command } from "commander";
import { previewJson } from "#lib/publishing/preview-json.ts";
import { type Preview, type Publication, type PublishOptions, publish } from "#lib/publishing/publish.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { agreed, isTerminal } from "../ask.ts";
import { noticesText, question } from "../notices.ts";
import { count, progress } from "../output.ts";
import { previewText } from "../preview.ts";
import { errorsText, warningsText } from "../problems.ts";

/** What `publish` and `rollback` have in common. */
export interface PublishFlags {
  readonly dryRun?: true;
  readonly yes?: true;
  readonly quiet?: true;
  readonly acceptUnclear?: true;
  readonly by?: string;
  readonly json?: true;
  readonly texts?: true;
  readonly clockIsRight?: true;
  readonly tell?: readonly string[];
  readonly tellNone?: true;
}

export function publishCommand(): Command {
  return withPublishFlags(
    new Command("publish").description("check the content folder, show what would change, and show it to readers"),
  )
    .addHelpText(
      "after",
      "\nPublishing is all or nothing: with an error in any file, readers go on seeing what they saw.\nA running server shows the new content within a second.\nIn a terminal you are asked first; in a script you are not.",
    )
    .action(async (flags: PublishFlags) => {
      const options = { ...publishOptions(flags), onProgress: progress("Files checked") };
      const result = await publish(readEnvironment(), options);
      if (result.problems.some(({ severity }) => severity === "error")) {
        if (flags.json) process.stdout.write(`${JSON.stringify({ problems: result.problems }, null, 2)}\n`);
        else
          process.stdout.write(
            `${errorsText(result.problems)}Nothing was published: mend the errors above first. Readers see what they saw before.\n`,
          );
        process.exitCode = 1;
        return;
      }
      tellOutcome(result, flags);
    });
}

export function withPublishFlags(command: Command): Command {
  return command
    .option("--dry-run", "show what would change for readers, and write nothing")
    .option("--yes", "do not ask")
    .option("--quiet", "tell no subscriber")
    .option("--accept-unclear", "publish although it is not certain what is new, however many that concerns")
    .option("--by <name>", "who publishes (default: the name of the account)")
    .option("--texts", "show the messages to subscribers in full")
    .option("--clock-is-right", "believe the machine's clock, though it has jumped or the database says otherwise")
    .option("--tell <slug...>", "after “restore”: of what happened after the backup, tell these and none of the others")
    .option("--tell-none", "after “restore”: tell nothing of what happened after the backup")
    .option("--json", "with --dry-run: write what would change as JSON");
}

export function publishOptions(flags: PublishFlags) {
  const { dryRun, yes, quiet, by, json, texts, clockIsRight, acceptUnclear } = flags;
  return {
    ...decisionOf(flags),
    now: Date.now(),
    isClockRight: clockIsRight ?? false,
    confirmClock: async (doubt: string) => isTerminal() && (await agreed(`${doubt} Is the clock right?`)),
    isQuiet: quiet ?? false,
    acceptUnclear: acceptUnclear ?? false,
    ...(by === undefined ? {} : { by }),
    async approve(preview: Preview) {
      if (json && dryRun && preview.stops.length > 0) return false;
      if (json && dryRun) process.stdout.write(`${JSON.stringify(previewJson(preview), null, 2)}\n`);
      else process.stdout.write(textOf(preview, texts ?? false));
      if (preview.stops.length > 0) return !dryRun;
      return !dryRun && (yes || (await agreed(question(preview))));
    },
  };
}

/** Which of what happened after a backup is told: as the flags say it, or whoever sits at the terminal. */
function decisionOf({ tell, tellNone, dryRun }: PublishFlags): Pick<PublishOptions, "decision" | "decide"> {
  if (tell || tellNone) return { decision: tell ?? [] };
  if (dryRun || !isTerminal()) return {};
  return {
    async decide(asked) {
      process.stdout.write("The database was restored from a copy. Subscribers may know of this already, or not:\n");
      const told: string[] = [];
      for (const [slug, of] of Map.groupBy(asked, ({ notice }) => notice.event.slug)) {
        const subjects = of.map(({ shown }) => shown.subject).join("; ");
        if (await agreed(`${slug}: ${subjects}. Tell subscribers?`)) told.push(slug);
      }
      return told;
    },
  };
}

function textOf(preview: Preview, withTexts: boolean): string {
  return `${previewText(preview)}${warningsText(preview)}${noticesText(preview, { withTexts })}`;
}

/** Says how it ended, unless that was all said by a dry run. */
export function tellOutcome(
  { snapshot, isChange }: Omit<Publication, "problems">,
  { dryRun, json }: PublishFlags,
): void {
  if (!snapshot) {
    if (!json)
      process.stdout.write(dryRun ? "Nothing was published: this was a dry run.\n" : "Nothing was published.\n");
    if (!dryRun) process.exitCode = 1;
  } else if (isChange) {
    const quietly = snapshot.isQuiet ? ", telling nobody" : "";
    process.stdout.write(
      `Published ${count(snapshot.entries, "entry", "entries")} as snapshot ${snapshot.id}${quietly}.\n`,
    );
  } else if (json && dryRun) {
    process.stdout.write(
      `${JSON.stringify({ since: snapshot.id, added: [], changed: [], removed: [], pages: [] }, null, 2)}\n`,
    );
  } else {
    process.stdout.write(`Nothing has changed since snapshot ${snapshot.id}.\n`);
  }
}
