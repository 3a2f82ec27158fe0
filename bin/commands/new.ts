import { Command, Option } from "commander";
import { newEntryText } from "#lib/author/new-entry.ts";
import { slugOf } from "#lib/author/slug.ts";
import { IMPACTS, type Impact, INCIDENT_STATUSES, type IncidentStatus } from "#lib/model/incident.ts";
import { openDesk } from "#lib/wire/author.ts";
import { readEnvironment } from "#lib/wire/environment.ts";
import { answered, answeredAtLength } from "../ask.ts";
import { collectEffects, type Effects, timeOf } from "../flags.ts";
import { sayWritten } from "../written.ts";

interface Flags {
  readonly message?: string;
  readonly component?: Effects;
  readonly impact?: Impact;
  readonly status: IncidentStatus;
  readonly at: string;
  readonly started?: string;
  readonly slug?: string;
  readonly draft?: true;
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
    .option("--slug <slug>", "the permanent address (default: the date and the title)")
    .option("--draft", "keep it off the site until “draft” is removed")
    .addHelpText(
      "after",
      "\nIn a terminal, what is not given is asked for. Nothing is shown to readers before “publish”.",
    )
    .action(async (title: string | undefined, flags: Flags) => {
      const environment = readEnvironment();
      const desk = await openDesk(environment, Date.now());
      const named = await answered(title, "The title", "What is wrong, in one line for customers?");
      const body = await answeredAtLength(flags.message, "--message", "What shall customers read first?");
      const at = timeOf(flags.at, desk.config);
      const started = flags.started === undefined ? undefined : timeOf(flags.started, desk.config);
      const on = (started ?? at).replace(/^~/, "").slice(0, 10);
      const text = newEntryText({
        title: named,
        components: flags.component ?? {},
        updates: [{ at, status: flags.status, body }],
        draft: flags.draft ?? false,
        ...(flags.impact ? { impact: flags.impact } : {}),
        ...(started ? { started } : {}),
      });
      const slug = flags.slug ?? `${on}-${slugOf(named) || "incident"}`.slice(0, 100);
      sayWritten(await desk.create(slug, text, on.slice(0, 4)), environment.content);
    });
}
