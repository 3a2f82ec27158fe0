import { Command, Option } from "commander";
import { openContentFolder } from "#lib/content/folder/content-folder.ts";
import { deedOf, writeUpdate } from "#lib/content/folder/write.ts";
import { isEnding } from "#lib/model/course.ts";
import { INCIDENT_STATUSES, MAINTENANCE_STATUSES, type UpdateStatus } from "#lib/model/incident.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { answeredAtLength, answeredIfAny, type Choice, chosen } from "../ask.ts";
import { collectEffects, type Effects, EXPECTED_END, NEXT, NEXT_QUESTION } from "../flags.ts";
import { judgeEnd, thisMoment } from "../judge.ts";
import { keepingWords } from "../kept-words.ts";
import { foundEntry, SLUG } from "../which.ts";
import { COMMIT, sayWritten } from "../written.ts";

interface Flags {
  readonly status?: UpdateStatus;
  readonly message?: string;
  readonly at: string;
  readonly component?: Effects;
  readonly next?: string;
  readonly expectedEnd?: string;
  readonly commit?: true;
}

export function updateCommand(): Command {
  return withFlags(new Command("update"))
    .description("add an update to an incident or a maintenance")
    .addOption(
      new Option("--status <status>", "what it says of the state").choices([
        ...INCIDENT_STATUSES,
        ...MAINTENANCE_STATUSES,
        "update",
      ]),
    )
    .option(...NEXT)
    .option(...EXPECTED_END)
    .action((slug: string | undefined, flags: Flags) => sayUpdate(slug, flags));
}

export function resolveCommand(): Command {
  return withFlags(new Command("resolve"))
    .description("end an incident, or complete a maintenance")
    .action((slug: string | undefined, flags: Flags) => sayUpdate(slug, flags, true));
}

function withFlags(command: Command): Command {
  return command
    .argument(...SLUG)
    .option("-m, --message <text>", "what customers read, as Markdown")
    .option("--at <time>", "when: “10 minutes ago”, 14:05, or a time with its offset", "now")
    .option("--component <id=effect>", "an effect from here on; may be given several times", collectEffects)
    .option(...COMMIT)
    .addHelpText(
      "after",
      "\nOnly the update is added: comments, order and layout of the file stay as they are.\nIn a terminal, what is not given is asked for.",
    );
}

/** What a status tells customers. */
const MEANINGS: Readonly<Record<UpdateStatus, string>> = {
  investigating: "we do not know the cause yet",
  identified: "we know the cause",
  monitoring: "it is mended, and we are watching",
  resolved: "it is over",
  scheduled: "it is still to come",
  in_progress: "the work has begun",
  verifying: "the work is done, and we are looking whether all is well",
  completed: "it is over",
  cancelled: "it will not take place, or was broken off",
  update: "there is something to say; the state stays as it is",
};

async function sayUpdate(slug: string | undefined, flags: Flags, isEnd = false): Promise<void> {
  const environment = readEnvironment();
  const contentFolder = await openContentFolder(environment, Date.now());
  const found = await foundEntry(contentFolder, slug);
  if (!found) return;
  const isMaintenance = found.entry.scheduled !== undefined;
  const statuses: readonly UpdateStatus[] = [...(isMaintenance ? MAINTENANCE_STATUSES : INCIDENT_STATUSES), "update"];
  const choices = statuses.map((value): Choice<UpdateStatus> => ({ value, hint: MEANINGS[value] }));
  const end: UpdateStatus = isMaintenance ? "completed" : "resolved";
  const status = isEnd ? end : await chosen(flags.status, "--status", found.entry.title, choices);
  const message = await answeredAtLength(flags.message, "--message", "What shall customers read?");
  const { at, component: effects, next, expectedEnd } = flags;
  const judge = judgeEnd(contentFolder.config, thisMoment());
  const nextUpdate = isEnding(status) ? next : await answeredIfAny(next, "--next", NEXT_QUESTION, judge);
  const said = { at, status, message, effects, nextUpdate, expectedEnd };
  const written = await keepingWords(contentFolder, message, () => writeUpdate(contentFolder, found, said, Date.now()));
  await sayWritten(written, environment, { ...flags, deed: deedOf(status) });
}
