import { styleText } from "node:util";
import { failureKind } from "#lib/model/failure.ts";
import type { Problem } from "#lib/model/problem.ts";

/** One problem as a person reads it: place first, so that editors and terminals can jump there. */
export function problemText({ place, rule, severity, message, remedy, related }: Problem): string {
  const where = `${place.file}:${place.line}:${place.column}`;
  const mark =
    severity === "error"
      ? styleText("red", "error", { stream: process.stdout })
      : styleText("yellow", "warning", { stream: process.stdout });
  const see = related ? `\n    see also ${related.file}:${related.line}:${related.column}` : "";
  return `${styleText("bold", where, { stream: process.stdout })}  ${mark}  ${message}  ${styleText("dim", rule, { stream: process.stdout })}\n    ${remedy}${see}`;
}

/** “1 file”, “2 files”. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** Says what went wrong and sets the exit code; a surprise keeps its stack, for whoever mends it. */
export function reportFailure(error: unknown): void {
  process.stderr.write(`${failureText(error)}\n`);
  process.exitCode = failureKind(error)?.exit ?? 1;
}

function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  if (path !== undefined && code !== undefined && code in REFUSALS) return `${REFUSALS[code]} ${path}.`;
  return error.name === "EnvironmentError" || code !== undefined ? error.message : (error.stack ?? error.message);
}

/** What the system says of a file that was named wrongly, by its codes. */
const REFUSALS: Readonly<Record<string, string>> = {
  ENOENT: "There is no",
  EACCES: "You may not read or write",
  EISDIR: "A file is wanted, and this is a folder:",
  ENOTDIR: "A folder is wanted, and this is a file:",
};

/** A line of progress that is rewritten in place in a terminal and not written at all in a pipe. */
export function progress(what: string): (done: number, all: number) => void {
  let shownAt = 0;
  return (done, all) => {
    if (!process.stderr.isTTY || (done < all && Date.now() - shownAt < 100)) return;
    shownAt = Date.now();
    process.stderr.write(
      `\r${what}: ${done.toLocaleString("en")} of ${all.toLocaleString("en")}${done === all ? "\n" : ""}`,
    );
  };
}
