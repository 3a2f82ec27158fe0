import { Command } from "commander";
import { beginReport, closeReport } from "#lib/wire/author.ts";
import { openDesk } from "#lib/wire/desk.ts";
import { readEnvironment } from "#lib/wire/environment.ts";
import { templateNamed, templateNames } from "#lib/wire/templates.ts";
import { COMMIT, sayNotFound, sayWritten } from "../written.ts";

interface Flags {
  readonly template: string;
  readonly final?: true;
  readonly commit?: true;
}

export function reportCommand(): Command {
  return new Command("report")
    .description("begin an incident's report from a template, or declare it final")
    .argument("<slug>", "the file's name without .md, or a part of it that no other has")
    .option("--template <name>", "customer, review, engineering, or one of your own", "customer")
    .option("--final", "declare the report that is there final")
    .option(...COMMIT)
    .addHelpText(
      "after",
      "\nTemplates of your own are files <name>.md in _templates in the content folder.\nA report that is there is never overwritten.",
    )
    .action(async (slug: string, { template, final, commit }: Flags) => {
      const environment = readEnvironment();
      const desk = await openDesk(environment, Date.now());
      const found = await desk.find(slug);
      if ("reason" in found) return sayNotFound(slug, found);
      if (final) {
        return await sayWritten(await closeReport(desk, found), environment, { deed: "Finish the report of", commit });
      }
      const sections = await templateNamed(environment.content, template);
      if (sections === undefined) {
        process.stdout.write(
          `There is no template “${template}”. There are ${(await templateNames(environment.content)).join(", ")}.\n`,
        );
        process.exitCode = 1;
        return;
      }
      const written = await beginReport(desk, found, sections);
      if (written) return await sayWritten(written, environment, { deed: "Begin the report of", commit });
      process.stdout.write(`${environment.content}/${found.file} has a report already. Nothing was written.\n`);
      process.exitCode = 1;
    });
}
