import { resolve } from "node:path";
import { Argument, Command } from "commander";
import { FORMATS, type ImportResult, type ImportStage, importSite } from "#lib/content/folder/import.ts";
import { REMARK_KINDS, type Remark } from "#lib/model/remark.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { count, problemText, progress } from "../output.ts";
import { remarksText } from "../remarks.ts";

interface Flags {
  readonly into?: string;
  readonly dryRun?: true;
  readonly json?: true;
  readonly all?: true;
  readonly warnings?: true;
}

export function importCommand(): Command {
  return new Command("import")
    .description("move another status page in; what cannot be carried as it was is listed, nothing is dropped silently")
    .addArgument(new Argument("<format>", "what it is now").choices(Object.keys(FORMATS)))
    .argument("<path>", "its folder, or one file of it")
    .option("--into <folder>", "the content folder to make (default: CANDOR_CONTENT)")
    .option("--dry-run", "say what would come of it and write nothing")
    .option("--json", "write the counts and remarks as JSON")
    .option("--all", "show every remark rather than three of each sort")
    .option("--warnings", "show what check warns of in the imported texts as well")
    .addHelpText(
      "after",
      `
The folder must be new or empty: nothing is ever overwritten. Former addresses lead to the new ones.
Then look at the result:  CANDOR_CONTENT=<folder> CANDOR_DATA=<new data folder> npm start`,
    )
    .action(async (format: keyof typeof FORMATS, path: string, { into, dryRun, json, ...shown }: Flags) => {
      const folder = into === undefined ? readEnvironment().content : resolve(into);
      const result = await importSite({
        format,
        from: resolve(path),
        into: folder,
        dryRun: dryRun ?? false,
        now: Date.now(),
        onProgress: progressOf(["Read", "Written", "Checked"]),
      });
      process.stdout.write(json ? jsonText(result) : text(result, folder, { ...shown, isDryRun: dryRun ?? false }));
      if (result.problems.some(({ severity }) => severity === "error")) process.exitCode = 1;
    });
}

/** A line of progress for each stage. */
function progressOf(stages: readonly ImportStage[]): (stage: ImportStage, done: number, all: number) => void {
  const lines = new Map(stages.map((stage) => [stage, progress(stage)]));
  return (stage, done, all) => lines.get(stage)?.(done, all);
}

type Shown = Pick<Flags, "all" | "warnings"> & { readonly isDryRun: boolean };

function text(result: ImportResult, folder: string, { all, warnings, isDryRun }: Shown): string {
  const { remarks, problems, counts, looksLike } = result;
  const errors = problems.filter(({ severity }) => severity === "error");
  const shown = warnings ? problems : errors;
  const hidden = problems.length - shown.length;
  const summary = [
    `${count(counts.read, "file")} read: ${count(counts.incidents, "incident")}, ${count(counts.maintenance, "maintenance")}, ${count(counts.updates, "update")}, ${count(counts.times, "time")}, ${count(counts.components, "component")} carried.`,
    `${count(remarks.length, "remark")}: ${countsOf(remarks)}.`,
    ...(looksLike
      ? [`These files look like ${looksLike} rather than what was named. Compare: import ${looksLike} … --dry-run`]
      : []),
    ...(hidden > 0 ? [`check has ${count(hidden, "warning")} about these texts; --warnings shows them.`] : []),
    isDryRun ? "Nothing was written." : `Written to ${folder}.`,
  ];
  const wrong = shown.map((problem) => `${problemText(problem)}\n`);
  return `${remarksText(remarks, all ?? false)}${wrong.join("")}${summary.join("\n")}\n`;
}

function countsOf(remarks: readonly Remark[]): string {
  return REMARK_KINDS.map((kind) => `${remarks.filter((remark) => remark.kind === kind).length} ${kind}`).join(", ");
}

function jsonText({ remarks, problems, counts, looksLike }: ImportResult): string {
  return `${JSON.stringify({ counts, ...(looksLike ? { looksLike } : {}), remarks, problems }, null, 2)}\n`;
}
