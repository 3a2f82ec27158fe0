import { relative } from "node:path";
import { Command, Option } from "commander";
import type { Problem } from "#lib/model/problem.ts";
import { readEnvironment } from "#lib/wire/environment.ts";
import { checkFolder } from "#lib/wire/folder.ts";
import { githubText, sarifText } from "../check-formats.ts";
import { count, problemText } from "../output.ts";

export function checkCommand(): Command {
  return new Command("check")
    .description("find every problem in the content folder: file, line, column, what is wrong, how to mend it")
    .argument("[path...]", "report only on these files and folders (the whole content folder is read all the same)")
    .addOption(
      new Option("--format <format>", "how problems are written")
        .choices(["text", "json", "github", "sarif"])
        .default("text"),
    )
    .addHelpText("after", "\nExits 1 if there is any error. Warnings alone exit 0.")
    .action(async (paths: string[], { format }: { format: "text" | "json" | "github" | "sarif" }) => {
      const { content } = readEnvironment();
      const { problems, files } = await checkFolder(content, Date.now());
      const shown = problems.filter(({ place }) => isWanted(place.file, paths));
      const folder = relative(process.cwd(), content) || ".";
      const written = {
        text: () => text(shown, files),
        json: () => `${JSON.stringify(shown, null, 2)}\n`,
        github: () => githubText(shown, folder),
        sarif: () => sarifText(shown, folder),
      };
      process.stdout.write(written[format]());
      if (shown.some(({ severity }) => severity === "error")) process.exitCode = 1;
    });
}

/** Paths may be given as they stand in the content folder or with the folder's name before them. */
function isWanted(file: string, paths: readonly string[]): boolean {
  return (
    paths.length === 0 ||
    paths.some(
      (path) => file === path || path.endsWith(`/${file}`) || `${file}/`.startsWith(`${path.replace(/\/$/, "")}/`),
    )
  );
}

function text(problems: readonly Problem[], files: number): string {
  const errors = problems.filter(({ severity }) => severity === "error");
  const broken = new Set(errors.map(({ place }) => place.file)).size;
  const warnings = problems.length - errors.length;
  const summary =
    problems.length === 0
      ? `${count(files, "file")} checked, nothing to mend.`
      : `${count(files, "file")} checked: ${count(errors.length, "error")} in ${count(broken, "file")}, ${count(warnings, "warning")}.`;
  return `${problems.map((problem) => `${problemText(problem)}\n`).join("")}${summary}\n`;
}
