import type { Note } from "../imported.ts";

/** A line of a page's Markdown, as far as it is shown. */
export interface Line {
  readonly text: string;
  /** Line in the file. */
  readonly number: number;
  /** Inside a fenced block of code, or one of its fences. */
  readonly isCode: boolean;
}

/** The text between these two is the argument of a `track` shortcode: a time of the text before it. */
export const TRACK_START = "\u{fdd0}";
export const TRACK_END = "\u{fdd1}";
const GONE = "\u{fdd2}";

/** What a browser would not show: comments, and what is not text at all. */
const UNSEEN = /<!--(?:>|->|[\s\S]*?(?:-->|$))|<(script|style|template)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;
const SHORTCODE = /\\?\{\{\s*(?:<|%|&lt;|\\<)\s*(\/?)\s*([\w./-]+)([\s\S]*?)(?:>|%|&gt;)\s*\}\}/g;
const AROUND_ARGUMENT = /^[\s"'“”`]+|[\s"'“”`]+$/g;
const BREAKS = /[ \t]*(?:<br[ \t]*\/?>[ \t]*)+/gi;

/**
 * Turns the body of a Hugo page into lines of plain Markdown: comments, scripts and shortcodes are taken out (each is
 * remarked), `<br>` becomes a Markdown line break.
 */
export function readBody(body: string, firstLine: number, note: Note): Line[] {
  const lineOf = (text: string, index: number) => firstLine + text.slice(0, index).split("\n").length - 1;
  const seen = withoutUnseen(body, (unseen, index) => {
    const isComment = unseen.startsWith("<!--");
    const words = onOneLine(unseen.replace(/^<!--+|--+>$/g, ""));
    const reason = isComment ? "comments are not shown to readers" : "it could run or change the page";
    note(isComment ? `the comment “${words}”` : words, `${reason}; left out`, lineOf(body, index));
  });
  const plain = seen.replace(SHORTCODE, (code: string, closing: string, name: string, args: string, index: number) => {
    if (name === "track" && closing === "") return TRACK_START + args.replace(AROUND_ARGUMENT, "") + TRACK_END;
    note(onOneLine(code), "a Hugo shortcode; its text was kept", lineOf(seen, index));
    return closing === "" ? shown(name, args) : "";
  });
  return linesOf(plain, firstLine);
}

/** The lines of a text, less those that held nothing but what was taken out. */
function linesOf(text: string, firstLine: number): Line[] {
  const lines: Line[] = [];
  let fence = "";
  const all = text.split("\n");
  for (const [index, written] of all.entries()) {
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(written)?.[1] ?? "";
    const isCode = fence !== "" || mark !== "";
    const closes = fence !== "" && mark.startsWith(fence) && written.trim() === mark;
    if (closes) fence = "";
    else if (fence === "") fence = mark;
    const shown = written.replaceAll(GONE, "");
    if (shown.trim() === "" && shown !== written) continue;
    const endsParagraph = (all[index + 1] ?? "").trim() === "";
    const parts = isCode ? [shown] : withBreaks(shown, endsParagraph).split("\n");
    lines.push(...parts.map((part) => ({ text: part, number: firstLine + index, isCode })));
  }
  return lines;
}

/** Leaves comments and scripts alone where they are shown: in code. */
function withoutUnseen(text: string, found: (unseen: string, index: number) => void): string {
  if (text.search(UNSEEN) === -1) return text;
  const code = [
    ...text.matchAll(/^\s{0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^\s{0,3}\1[ \t]*$|$(?![\s\S]))|`+[^`\n]+`+/gm),
  ];
  return text.replace(UNSEEN, (unseen: string, _tag: string | undefined, index: number) => {
    if (code.some((block) => index > block.index && index < block.index + block[0].length)) return unseen;
    found(unseen, index);
    return GONE + unseen.replace(/[^\n]+/g, "").replaceAll("\n", `\n${GONE}`);
  });
}

/** What a reader sees of a shortcode: a figure's picture, and otherwise the texts among its arguments. */
function shown(name: string, args: string): string {
  const named = Object.fromEntries(
    [...args.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|`([^`]*)`|(\S+))/g)].map(([, key = "", a, b, c, d]) => [
      key,
      a ?? b ?? c ?? d ?? "",
    ]),
  );
  const words = named["caption"] ?? named["title"] ?? named["text"] ?? named["message"] ?? named["alt"] ?? "";
  if (/^(?:figure|img|image)$/.test(name) && named["src"] !== undefined)
    return `![${named["alt"] ?? words}](${named["src"]})`;
  if (/^(?:rel)?ref$/.test(name))
    return args
      .trim()
      .replace(/^["'`]|["'`]$/g, "")
      .replace(/(?:\/?index)?\.md$/, "/")
      .replace(/^(?!\/)/, "/");
  const positional =
    Object.keys(named).length === 0 ? [...args.matchAll(/"([^"]*)"|`([^`]*)`/g)].map(([, a, b]) => a ?? b ?? "") : [];
  // A blank keeps them apart from the words inside the shortcode.
  return [words, ...positional]
    .filter((text) => /\s/.test(text))
    .map((text) => `${text} `)
    .join("");
}

/**
 * A `<br>` as Markdown writes it. Where a line break would end something (a table's row, a heading, an item of a list)
 * the `<br>` stays.
 */
function withBreaks(line: string, endsParagraph: boolean): string {
  if (!/<br/i.test(line) || line.includes("`")) return line;
  if (line.replace(BREAKS, "").trim() === "") return "";
  if (/^\s*(?:[|#>]|[-+*]\s|\d+[.)]\s|\s{4})/.test(line)) return line;
  return line.replace(BREAKS, (breaks: string, index: number) => {
    const isLast = index + breaks.length >= line.trimEnd().length;
    if (/<br[^<]*<br/i.test(breaks)) return isLast ? "\n" : "\n\n";
    if (isLast && endsParagraph) return "";
    return isLast ? "\\" : "\\\n";
  });
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
