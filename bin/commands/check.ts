import { existsSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { Command, Option } from "commander";
import { explainRule, ruleList } from "#lib/content/check/explain.ts";
import { checkFolder } from "#lib/content/folder/folder.ts";
import { failure } from "#lib/model/failure.ts";
import type { Problem } from "#lib/model/problem.ts";
import { publishedSlugs } from "#lib/publishing/published.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { githubText, sarifText } from "../check-formats.ts";
import { count, problemText } from "../output.ts";

interface Flags {
  readonly format: "text" | "json" | "github" | "sarif";
  /** `true` where no rule is named. */
  readonly explain?: string | true;
}

export function checkCommand(): Command {
  return new Command("check")
    .description("find every problem in the content folder: file, line, column, what is wrong, how to mend it")
    .argument("[path...]", "report only on these files and folders (the whole content folder is read all the same)")
    .addOption(
      new Option("--format <format>", "how problems are written")
        .choices(["text", "json", "github", "sarif"])
        .default("text"),
    )
    .option("--explain [rule]", "say what a rule expects, why, and how to mend it; without a rule, list them all")
    .addHelpText(
      "after",
      `
The name of the rule stands at the end of each problem's first line. What a rule weighs is set in site.yaml:
  checks: { jargon: off, blame: error }

Exits 1 if there is any error. Warnings alone exit 0.`,
    )
    .action(async (paths: string[], { format, explain }: Flags) => {
      if (explain !== undefined) return explainOne(explain);
      const environment = readEnvironment();
      const { content } = environment;
      const { problems, files } = await checkFolder(content, Date.now(), {
        published: await publishedSlugs(environment),
      });
      const wanted = paths.map((path) => insideContent(path, content));
      const shown = problems.filter(
        ({ place }) => wanted.length === 0 || wanted.some((each) => isBelow(place.file, each)),
      );
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

/** Prints what a rule is about, or the list of all. */
function explainOne(rule: string | true): void {
  const explained = rule === true ? { text: ruleList() } : explainRule(rule);
  if ("text" in explained) {
    process.stdout.write(explained.text);
    return;
  }
  process.stderr.write(`There is no rule “${rule}”. ${explained.remedy}\n`);
  process.exitCode = 1;
}

/**
 * A path as the content folder has it: given from here, or as it stands in the folder. The folder itself is "".
 * @throws when there is no such file
 */
function insideContent(path: string, content: string): string {
  for (const full of [resolve(path), resolve(content, path)]) {
    const inside = relative(content, full).split(sep).join("/");
    if (existsSync(full) && inside !== ".." && !inside.startsWith("../")) return inside;
  }
  throw failure("NO_FILE", `There is no ${path} in ${content}.`);
}

function isBelow(file: string, path: string): boolean {
  return path === "" || file === path || file.startsWith(`${path}/`);
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
