/**
 * How much Markdown one file may hold. A parser of Markdown takes time that grows with the square of some of these, and
 * memory on the stack with others, so a small file could hold everything up for minutes. Within these limits none takes
 * longer than about a second; the richest postmortem we know of stays below a tenth of each.
 */
const MOST = {
  characters: 100_000,
  lines: 3_000,
  /** Columns before the text of all lines. */
  indent: 30_000,
  /** Signs of emphasis, of quotes and of list items: every one may be compared with all before it. */
  marks: 2_000,
  /** The same, but sooner done. */
  brackets: 5_000,
  /** Code, tags, addresses, escapes: none costs much, but there may be no end of them. */
  pieces: 5_000,
  /** A row that is cut short is filled up, so a table is as large as its widest row times its length. */
  cells: 20_000,
  /** HTML elements that stand open at the same time. */
  open: 500,
} as const;

/** How deep links and images may stand within one another, and the width of what may stand before a line's text. */
const DEEPEST_BRACKETS = 30;
const WIDEST_INDENT = 200;

/** Where some texts ask for more work than they are worth. */
export interface Excess {
  /** Which of the texts, from 0. */
  readonly text: number;
  /** Characters from its beginning. */
  readonly offset: number;
  readonly message: string;
  readonly remedy: string;
}

/** The first place where the texts of one file, taken together, pass a limit. To be asked before they are parsed. */
export function findExcess(texts: readonly string[]): Excess | undefined {
  const sums: Record<keyof typeof MOST, number> = {
    characters: 0,
    lines: 0,
    indent: 0,
    marks: 0,
    brackets: 0,
    pieces: 0,
    cells: 0,
    open: 0,
  };
  for (const [index, text] of texts.entries()) {
    sums.characters += text.length;
    if (sums.characters > MOST.characters) return passed("characters", index, Math.max(text.search(/\S/), 0));
    const elements: Elements = { open: new Map(), total: 0 };
    let block = newBlock();
    let offset = 0;
    for (const line of text.split(/(?<=\n|\r(?!\n))/)) {
      if (line.trim() === "") block = newBlock();
      const before = BEFORE_TEXT.exec(line)?.[0] ?? "";
      sums.lines += 1;
      sums.indent += widthOf(before);
      sums.marks += marksIn(before, line);
      sums.brackets += line.match(/[[\]]/g)?.length ?? 0;
      sums.pieces += line.match(/[`<&@\\]|www\.|:\/\//gi)?.length ?? 0;
      sums.cells += cellsOf(line, block);
      sums.open = openedBy(line, elements);
      for (const limit of ["lines", "indent", "marks", "brackets", "pieces", "cells", "open"] as const) {
        if (sums[limit] > MOST[limit]) return passed(limit, index, offset);
      }
      if (widthOf(before) > WIDEST_INDENT || nestingOf(line, block) > DEEPEST_BRACKETS) {
        const message = "Lists, quotes or brackets stand too deeply within one another.";
        return { text: index, offset, message, remedy: "Write it more simply." };
      }
      offset += line.length;
    }
  }
  return undefined;
}

const ELSEWHERE = "Move logs and dumps elsewhere and link to them.";

function passed(limit: keyof typeof MOST, text: number, offset: number): Excess {
  const most = MOST[limit].toLocaleString("en");
  const what = {
    characters: [`The texts of this file have more than ${most} characters.`, ELSEWHERE],
    lines: [`The texts of this file have more than ${most} lines.`, ELSEWHERE],
    indent: [`The lines of this file are indented by more than ${most} columns in all.`, ELSEWHERE],
    marks: [`The texts of this file have more than ${most} list items and signs of emphasis.`, ELSEWHERE],
    brackets: [`The texts of this file have more than ${most} brackets.`, ELSEWHERE],
    pieces: [`The texts of this file have more than ${most} pieces of code, tags and addresses.`, ELSEWHERE],
    cells: [`The tables of this file have more than ${most} cells.`, ELSEWHERE],
    open: [`More than ${most} HTML elements stand open here.`, "Close them, or put code between back-ticks."],
  } as const satisfies Record<keyof typeof MOST, readonly [string, string]>;
  const [message, remedy] = what[limit];
  return { text, offset, message, remedy };
}

/** What is known of the lines since the last empty one. */
interface Block {
  /** For each bracket that is open, how deep the pairs inside it are nested. */
  readonly brackets: number[];
  lines: number;
  /** The most bars in one line. */
  bars: number;
}

function newBlock(): Block {
  return { brackets: [], lines: 0, bars: 0 };
}

/** What stands before a line's text: white space, quotes, list items, footnotes, the colons of a directive. */
const BEFORE_TEXT = /^(?:[\s>:]|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])|\[\^[^\s\]]+\]:)*/;

function widthOf(before: string): number {
  return before.length + 3 * (before.split("\t").length - 1);
}

/** An underscore within a word is only a letter. */
function marksIn(before: string, line: string): number {
  const containers = before.match(/[>+-]|\d+/g)?.length ?? 0;
  const marks = line.match(/[*~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu)?.length ?? 0;
  return containers + marks;
}

/** How many cells a line adds to the table that its block would be. */
function cellsOf(line: string, block: Block): number {
  const before = block.lines * block.bars;
  block.lines += 1;
  block.bars = Math.max(block.bars, line.split("|").length - 1);
  return block.lines * block.bars - before;
}

/** How deep the deepest pair of brackets that ends in a line is nested. */
function nestingOf(line: string, { brackets }: Block): number {
  let deepest = 0;
  for (const [bracket] of line.matchAll(/[[\]]/g)) {
    if (bracket === "[") {
      brackets.push(0);
      continue;
    }
    const depth = (brackets.pop() ?? 0) + 1;
    deepest = Math.max(deepest, depth);
    if (brackets.length > 0) brackets.push(Math.max(brackets.pop() ?? 0, depth));
  }
  return deepest;
}

const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;

/** The HTML elements of a text that are open so far: each name counts alone, as elements may overlap. */
interface Elements {
  readonly open: Map<string, number>;
  total: number;
}

/** The most elements that are open at any place of a line. */
function openedBy(line: string, elements: Elements): number {
  let most = elements.total;
  for (const [, slash, tag = ""] of line.matchAll(/<(\/?)([a-z][a-z0-9-]*)/gi)) {
    const name = tag.toLowerCase();
    const open = elements.open.get(name) ?? 0;
    if (VOID.test(name) || (slash !== "" && open === 0)) continue;
    const step = slash === "" ? 1 : -1;
    elements.open.set(name, open + step);
    elements.total += step;
    most = Math.max(most, elements.total);
  }
  return most;
}
