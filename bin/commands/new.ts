import { Command, Option } from "commander";
import { openContentFolder } from "#lib/content/folder/content-folder.ts";
import { declareIncident } from "#lib/content/folder/write.ts";
import { IMPACTS, type Impact, INCIDENT_STATUSES, type IncidentStatus } from "#lib/model/incident.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { affected } from "../affected.ts";
import { answered, answeredAtLength, answeredIfAny } from "../ask.ts";
import { collectEffects, type Effects, EXPECTED_END, NEXT, NEXT_QUESTION } from "../flags.ts";
import { judgeEnd, judgeTitle, thisMoment } from "../judge.ts";
import { keepingWords } from "../kept-words.ts";
import { COMMIT, sayWritten } from "../written.ts";

interface Flags {
  readonly message?: string;
  readonly component?: Effects;
  readonly impact?: Impact;
  readonly status: IncidentStatus;
  readonly at: string;
  readonly started?: string;
  readonly next?: string;
  readonly expectedEnd?: string;
  readonly slug?: string;
  readonly draft?: true;
  readonly commit?: true;
}

export function newCommand(): Command {
  return new Command("new")
    .description("declare an incident: writes its file")
    .argument("[title]", "one line for customers")
    .option("-m, --message <text>", "the first update, as Markdown")
    .option("--component <id=effect>", "what is affected and how badly; may be given several times", collectEffects)
    .addOption(new Option("--impact <impact>", "left out, it follows from the components").choices(IMPACTS))
    .addOption(
      new Option("--status <status>", "of the first update").choices(INCIDENT_STATUSES).default("investigating"),
    )
    .option("--at <time>", "of the first update: “10 minutes ago”, 14:05, or a time with its offset", "now")
    .option("--started <time>", "when it began, if that is known")
    .option(...NEXT)
    .option(...EXPECTED_END)
    .option("--slug <slug>", "the permanent address (default: the date and the title)")
    .option("--draft", "keep it off the site until “draft” is removed")
    .option(...COMMIT)
    .addHelpText(
      "after",
      "\nIn a terminal, what is not given is asked for. Nothing is shown to readers before “publish”.",
    )
    .action(async (title: string | undefined, flags: Flags) => {
      const environment = readEnvironment();
      const contentFolder = await openContentFolder(environment, Date.now());
      const { at, status, impact, started, slug, draft = false, next, expectedEnd } = flags;
      const named = await answered(title, "The title", "What is wrong, in one line for customers?", judgeTitle);
      const effects = flags.component ?? (impact === undefined ? await affected(contentFolder.config.components) : {});
      const message = await answeredAtLength(flags.message, "--message", "What shall customers read first?");
      const nextUpdate = await answeredIfAny(
        next,
        "--next",
        NEXT_QUESTION,
        judgeEnd(contentFolder.config, thisMoment()),
      );
      const said = {
        title: named,
        message,
        at,
        status,
        effects,
        impact,
        started,
        slug,
        draft,
        nextUpdate,
        expectedEnd,
      };
      const written = await keepingWords(contentFolder, message, () =>
        declareIncident(contentFolder, said, Date.now()),
      );
      await sayWritten(written, environment, { ...flags, deed: "Declare" });
    });
}
