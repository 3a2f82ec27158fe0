import { resolve } from "node:path";
import { Argument, Command } from "commander";
import { readEnvironment } from "#lib/wire/environment.ts";
import { FORMATS, type ImportResult, importSite } from "#lib/wire/import.ts";
import { count, problemText, progress } from "../output.ts";

interface Flags {
  readonly into?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

export function importCommand(): Command {
  return new Command("import")
    .description("move another status page in; what cannot be carried as it was is listed, nothing is dropped silently")
    .addArgument(new Argument("<format>", "what it is now").choices(Object.keys(FORMATS)))
    .argument("<path>", "its folder, or one file of it")
    .option("--into <folder>", "the content folder to make (default: CANDOR_CONTENT)")
    .option("--dry-run", "say what would come of it and write nothing")
    .option("--json", "write the counts and remarks as JSON")
    .addHelpText(
      "after",
      `
The folder must be new or empty: nothing is ever overwritten. Former addresses lead to the new ones.
Then look at the result:  CANDOR_CONTENT=<folder> CANDOR_DATA=<new data folder> npm start`,
    )
    .action(async (format: keyof typeof FORMATS, path: string, { into, dryRun, json }: Flags) => {
      const folder = into === undefined ? readEnvironment().content : resolve(into);
      const result = await importSite({
        format,
        from: resolve(path),
        into: folder,
        dryRun: dryRun ?? false,
        now: Date.now(),
        onProgress: progress("Read"),
      });
      process.stdout.write(json ? jsonText(result) : text(result, folder, dryRun ?? false));
      if (result.problems.some(({ severity }) => severity === "error")) process.exitCode = 1;
    });
}

function text({ remarks, problems, counts }: ImportResult, folder: string, isDryRun: boolean): string {
  const noted = remarks.map(
    ({ file, line, what, reason }) => `${file}${line === undefined ? "" : `:${line}`}  ${what}\n    ${reason}\n`,
  );
  const wrong = problems.map((problem) => `${problemText(problem)}\n`);
  const summary = [
    `${count(counts.read, "file")} read: ${count(counts.incidents, "incident")}, ${count(counts.maintenance, "maintenance")}, ${count(counts.updates, "update")}, ${count(counts.times, "time")}, ${count(counts.components, "component")} carried.`,
    `${count(remarks.length, "remark")} on what was interpreted or left, above.`,
    isDryRun ? "Nothing was written." : `Written to ${folder}.`,
  ];
  return `${noted.join("")}${wrong.join("")}${summary.join("\n")}\n`;
}

function jsonText({ remarks, problems, counts }: ImportResult): string {
  return `${JSON.stringify({ counts, remarks, problems }, null, 2)}\n`;
}
