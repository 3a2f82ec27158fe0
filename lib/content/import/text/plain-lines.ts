/** What opens something in Markdown, so that a line before it needs no mark to end there. */
const OPENER = /^\s*(?:[-*+]\s|\d{1,9}[.)]\s|#{1,6}\s|>|\||`{3,}|~{3,})/;
const RULE = /^\s*(?:-{2,}|={2,})\s*$/;

/**
 * A text in which each line break was shown as one, as Markdown that shows it so. Lists, quotes and code that somebody
 * wrote in it stay what they are; a line that is indented is no code.
 */
export function linesToMarkdown(text: string): string {
  const lines = withoutEmptyCode(withWholeLinks(text))
    .split("\n")
    .map((line) => line.trimEnd());
  let fence = "";
  let isList = false;
  const told: string[] = [];
  for (const [index, line] of lines.entries()) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? "";
    if (fence !== "" || mark !== "") {
      fence = fence === "" ? mark : mark.startsWith(fence) ? "" : fence;
      told.push(line);
      continue;
    }
    if (OPENER.test(line)) isList = true;
    else if (line === "" && !/^\s/.test(lines[index + 1] ?? "")) isList = false;
    const plain = isList ? line : line.trimStart();
    told.push(...ended(plain, lines[index + 1] ?? ""));
  }
  return told.join("\n").trim();
}

/** Links whose address was broken over a line, as machines write them, in one piece. */
function withWholeLinks(text: string): string {
  return text.replace(/\]\([ \t]*\n?[ \t]*([^\s()]+)[ \t]*\n?[ \t]*\)/g, "]($1)");
}

/** Without fences that have nothing between them: what stood there was a comment. */
function withoutEmptyCode(text: string): string {
  return text.replace(/^[ \t]*(`{3,}|~{3,})[^\n`]*\n\s*^[ \t]*\1[ \t]*$\n?/gm, "");
}

/** A line, and what it needs so that it ends before the next. */
function ended(line: string, next: string): string[] {
  if (line !== "" && RULE.test(next)) return [line, ""];
  const endsAnyway = line === "" || next.trim() === "" || OPENER.test(line) || OPENER.test(next);
  return [endsAnyway ? line : `${line}\\`];
}
