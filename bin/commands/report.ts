import { Command } from "commander";
import { openContentFolder } from "#lib/content/folder/content-folder.ts";
import { templateNamed, templateNames } from "#lib/content/folder/templates.ts";
import { beginReport, closeReport } from "#lib/content/folder/write.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { foundEntry, SLUG } from "../which.ts";
import { COMMIT, sayWritten } from "../written.ts";

interface Flags {
  readonly template: string;
  readonly final?: true;
  readonly commit?: true;
}

export function reportCommand(): Command {
  return new Command("report")
    .description("begin an incident's report from a template, or declare it final")
    .argument(...SLUG)
    .option("--template <name>", "customer, review, engineering, or one of your own", "customer")
    .option("--final", "declare the report that is there final")
    .option(...COMMIT)
    .addHelpText(
      "after",
      `
Templates:
  customer     a letter to customers: what happened to them, why, what was done, what follows
  review       the questions a reader asks, as headings
  engineering  for engineers, without blame: causes, detection, what went well and what did not
Your own are files <name>.md in _templates in the content folder; one with a name above takes its place.

A report that is there is never overwritten. In a terminal, what is not given is asked for.`,
    )
    .action(async (slug: string | undefined, { template, final, commit }: Flags) => {
      const environment = readEnvironment();
      const contentFolder = await openContentFolder(environment, Date.now());
      const found = await foundEntry(contentFolder, slug);
      if (!found) return;
      if (final) {
        return await sayWritten(await closeReport(contentFolder, found), environment, {
          deed: "Finish the report of",
          commit,
        });
      }
      const sections = await templateNamed(environment.content, template);
      if (sections === undefined) {
        process.stdout.write(
          `There is no template “${template}”. There are ${(await templateNames(environment.content)).join(", ")}.\n`,
        );
        process.exitCode = 1;
        return;
      }
      const written = await beginReport(contentFolder, found, sections);
      if (written) {
        // That its sections are empty is no news to whoever begins it.
        const quiet = written.kind === "written" ? { ...written, warnings: [] } : written;
        return await sayWritten(quiet, environment, { deed: "Begin the report of", commit });
      }
      process.stdout.write(`${environment.content}/${found.file} has a report already. Nothing was written.\n`);
      process.exitCode = 1;
    });
}
