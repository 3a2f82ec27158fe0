import type { Problem } from "#lib/model/problem.ts";
import type { Preview } from "#lib/publishing/publish.ts";
import { count, problemText } from "./output.ts";

/** As many warnings are shown. */
const SHOWN = 20;

const CHECK = "npm run candor -- check";

/** What stands in the way of publishing, without what only might be better. */
export function errorsText(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === "error");
  const warnings = problems.length - errors.length;
  const rest = warnings > 0 ? `${count(warnings, "warning")} besides:  ${CHECK}\n` : "";
  return `${linesOf(errors)}${rest}`;
}

/** What might be better in the files that change; what stands in the others was there before, and is only counted. */
export function warningsText({ changes, problems }: Pick<Preview, "changes" | "problems">): string {
  const files = new Set([...changes.added, ...changes.changed.map(({ after }) => after)].map(({ file }) => file));
  if (changes.isSettingsChange) files.add("site.yaml");
  const warnings = problems.filter(({ severity }) => severity === "warning");
  // An address that gets lost is in no file any more.
  const own = warnings.filter(({ place, rule }) => files.has(place.file) || rule === "lost-address");
  const shown = own.slice(0, SHOWN);
  const others = warnings.length - own.length;
  return [
    linesOf(shown),
    ...(own.length > shown.length ? [`… and ${count(own.length - shown.length, "more warning")}:  ${CHECK}\n`] : []),
    ...(others > 0 ? [`${count(others, "warning")} in files that do not change:  ${CHECK}\n`] : []),
  ].join("");
}

function linesOf(problems: readonly Problem[]): string {
  return problems.map((problem) => `${problemText(problem)}\n`).join("");
}
