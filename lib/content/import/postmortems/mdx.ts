import type { Note } from "../imported.ts";

const STATEMENT = /^(?:import\s[^\n]*|export\s(?:const|let|var|default|function|async|class|\{)[^\n]*)$/;
/** Components have capitals or dots; elements of HTML, which stay, have neither. */
const COMPONENT = /<\/?[A-Z][\w.]*(?:"[^"\n]*"|'[^'\n]*'|\{[^{}\n]*\}|[^"'{}<>\n])*>/g;
const EXPRESSION = /\{[^{}\n]+\}/g;
const FENCE = /^\s{0,3}(`{3,}|~{3,})/;

/**
 * MDX as Markdown: its statements and the marks of its components go, each with a remark, and the texts that they hold
 * stay. Nothing of it is run, so what an expression gives is not known; it stays as it is written.
 * @param firstLine the line in the file at which the text begins
 */
export function withoutMdx(text: string, firstLine: number, note: Note): string {
  let fence = "";
  const lines = text.split("\n").map((line, index) => {
    const mark = FENCE.exec(line)?.[1] ?? "";
    const isCode = fence !== "" || mark !== "";
    if (fence === "") fence = mark;
    else if (mark.startsWith(fence) && line.trim() === mark) fence = "";
    return isCode ? line : plainLine(line, (what, reason) => note(what, reason, firstLine + index));
  });
  return lines.join("\n");
}

function plainLine(line: string, note: Note): string {
  if (STATEMENT.test(line)) {
    note(line.trim(), "a statement of MDX, which is not run; left out");
    return "";
  }
  const plain = line.replace(COMPONENT, (mark) => {
    note(mark, "a component of MDX; left out, and the text inside it was kept");
    return "";
  });
  for (const [expression] of plain.matchAll(EXPRESSION))
    note(expression, "an expression of MDX, which is not run; kept as text");
  return plain;
}
