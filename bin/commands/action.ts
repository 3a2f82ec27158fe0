import { Command, Option } from "commander";
import { actionMeant, finishAction, postponeAction, promiseAction } from "#lib/content/folder/actions.ts";
import { type ContentFolder, openContentFolder, type Written } from "#lib/content/folder/content-folder.ts";
import type { FoundEntry } from "#lib/content/folder/find-entry.ts";
import { ACTION_KINDS, type ActionKind } from "#lib/model/incident.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { foundEntry, SLUG } from "../which.ts";
import { COMMIT, sayWritten } from "../written.ts";

interface Commit {
  readonly commit?: true;
}

interface AddFlags extends Commit {
  readonly kind?: ActionKind;
  readonly owner?: string;
  readonly due?: string;
  readonly url?: string;
}

interface DoneFlags extends Commit {
  readonly on: string;
  readonly url?: string;
}

interface PostponeFlags extends Commit {
  readonly due: string;
}

const ADD_EXAMPLES = `
What it is for: “prevent” that it happens again, “detect” it sooner, “limit” the harm, “tell” customers sooner.

Examples:
  npm run candor -- action add rejected-api "Alert on the length of the queue" --kind detect --due "in 2 weeks"
      promised for a date
  npm run candor -- action add rejected-api "Review every limit" --owner "Platform team"
      without one`;

const DONE_EXAMPLES = `
Examples:
  npm run candor -- action done rejected-api queue --url https://example.com/changes/81
      done today, and where that can be seen
  npm run candor -- action done rejected-api queue --on 2026-11-30
      done on a day before`;

const POSTPONE_EXAMPLES = `
Examples:
  npm run candor -- action postpone rejected-api queue --due 2027-01-15
      for another date; readers see the former one too`;

const WHICH = ["[action]", "its id, or a part of its title; not needed where one alone is open"] as const;

export function actionCommand(): Command {
  const command = new Command("action")
    .description("follow-up of an incident: promise it, move its date, note that it is done")
    .addHelpText(
      "after",
      `
Follow-up is public: readers see it on the incident's page and on /actions, with every date for which it was promised.
A date is written as 2026-12-31, or said as “Friday” or “in 2 weeks”. “candor undo” takes the last change back.`,
    );
  for (const part of [addCommand, doneCommand, postponeCommand]) command.addCommand(part());
  return command;
}

function addCommand(): Command {
  return new Command("add")
    .description("promise something")
    .argument("<slug>", "the incident: its slug, or a part that is in no other")
    .argument("<title>", "what is to be done, in one line")
    .addOption(new Option("--kind <kind>", "what it is for").choices(ACTION_KINDS))
    .option("--owner <team>", "who does it")
    .option("--due <date>", "for when it is promised")
    .option("--url <address>", "where it can be followed")
    .option(...COMMIT)
    .addHelpText("after", ADD_EXAMPLES)
    .action(async (slug: string, title: string, { commit, ...said }: AddFlags) => {
      const environment = readEnvironment();
      const now = Date.now();
      const contentFolder = await openContentFolder(environment, now);
      const found = await foundEntry(contentFolder, slug);
      if (!found) return;
      const written = await promiseAction(contentFolder, found, { title, ...said }, now);
      await sayWritten(written, environment, { deed: "Add an action to", commit });
    });
}

function doneCommand(): Command {
  return new Command("done")
    .description("note that an action is done")
    .argument(...SLUG)
    .argument(...WHICH)
    .option("--on <date>", "when it was done", "today")
    .option("--url <address>", "where that can be seen")
    .option(...COMMIT)
    .addHelpText("after", DONE_EXAMPLES)
    .action(async (slug: string | undefined, words: string | undefined, { commit, on, url }: DoneFlags) => {
      await change(slug, words, { deed: "Finish an action of", commit }, (contentFolder, found, index, now) =>
        finishAction(contentFolder, found, index, { on, url }, now),
      );
    });
}

function postponeCommand(): Command {
  return new Command("postpone")
    .description("promise an action for another date; the former one stays to be seen")
    .argument(...SLUG)
    .argument(...WHICH)
    .requiredOption("--due <date>", "for when it is promised now")
    .option(...COMMIT)
    .addHelpText("after", POSTPONE_EXAMPLES)
    .action(async (slug: string | undefined, words: string | undefined, { commit, due }: PostponeFlags) => {
      await change(slug, words, { deed: "Postpone an action of", commit }, (contentFolder, found, index, now) =>
        postponeAction(contentFolder, found, index, due, now),
      );
    });
}

/** Changes the action that is meant, and says what was written. */
async function change(
  slug: string | undefined,
  words: string | undefined,
  how: Parameters<typeof sayWritten>[2],
  write: (contentFolder: ContentFolder, found: FoundEntry, index: number, now: number) => Promise<Written>,
): Promise<void> {
  const environment = readEnvironment();
  const now = Date.now();
  const contentFolder = await openContentFolder(environment, now);
  const found = await foundEntry(contentFolder, slug);
  const index = found && meant(found, words);
  if (!found || index === undefined) return;
  await sayWritten(await write(contentFolder, found, index, now), environment, how);
}

/** The place of the action that is meant; says which there are where that is not clear. */
function meant({ entry, file }: FoundEntry, words: string | undefined): number | undefined {
  const found = actionMeant(entry.actions, words);
  if ("index" in found) return found.index;
  process.exitCode = 1;
  if (found.could.length === 0) {
    process.stdout.write(`Nothing is open in ${file}: “candor action add” promises something.\n`);
    return undefined;
  }
  const lines = found.could.map(
    ({ id, title, due }) => `  ${id ?? "(no id)"}  ${title}${due ? `, due ${due.on}` : ""}`,
  );
  process.stdout.write(`Which action? Name its id, or a part of its title that is in no other:\n${lines.join("\n")}\n`);
  return undefined;
}
