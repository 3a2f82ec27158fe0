import { type Document, isMap, isNode, isScalar, type Node, type Pair, parseDocument } from "yaml";
import { failure } from "#lib/model/failure.ts";
import { splitFrontMatter } from "../parse/front-matter.ts";

/** The front matter of a file that a person wrote, with what is needed to add to it without touching anything else. */
export interface Front {
  /** The whole file. */
  readonly source: string;
  /** Offsets of the YAML between the fences. */
  readonly start: number;
  readonly end: number;
  readonly document: Document;
  /** The line end the file uses. */
  readonly newline: "\n" | "\r\n";
}

const FAILSAFE = { schema: "failsafe", prettyErrors: false } as const;

/** Why a file is left as it is, for the command to show. */
export function cannotEdit(why: string): Error {
  return failure("CANNOT_EDIT", why);
}

/**
 * @throws when the file has no front matter, which one that passed `check` always has, or when it is written in braces:
 * lines cannot be added to that
 */
export function readFront(source: string): Front {
  const mark = source.startsWith("\ufeff") ? 1 : 0;
  const text = source.slice(mark);
  const parts = splitFrontMatter(text, ([from, to]) => parseDocument(text.slice(from, to), FAILSAFE));
  if ("rule" in parts) throw cannotEdit("The file has no front matter to edit.");
  const [start, end] = [mark + parts.yaml[0], mark + parts.yaml[1]];
  const document = parts.data;
  if (isMap(document.contents) && document.contents.flow) {
    throw cannotEdit("The front matter is one mapping in braces. Write each key on a line of its own, without braces.");
  }
  return { source, start, end, document, newline: source.includes("\r\n") ? "\r\n" : "\n" };
}

/** The pair of a top-level key. */
export function pairOf({ document }: Front, key: string): Pair | undefined {
  const map = document.contents;
  if (!isMap(map)) return undefined;
  return map.items.find((item) => isScalar(item.key) && item.key.value === key);
}

/** Offset in the file where a node begins. */
export function startOf(front: Front, node: Node): number {
  return front.start + (node.range?.[0] ?? 0);
}

/** Offset in the file of the beginning of the line after a node's content; a comment on its last line stays with it. */
export function lineAfter(front: Front, node: unknown): number {
  if (!isNode(node) || !node.range) return front.end;
  const end = front.start + node.range[1];
  if (front.source[end - 1] === "\n") return end;
  const newline = front.source.indexOf("\n", end);
  return newline === -1 || newline >= front.end ? front.end : newline + 1;
}

/** How far in the line an offset stands, in characters. */
export function columnOf({ source }: Front, offset: number): number {
  return offset - (source.lastIndexOf("\n", offset - 1) + 1);
}

/** The file with a text put in at an offset, in the file's own line ends. */
export function insertAt({ source, newline }: Front, offset: number, text: string): string {
  const needsBreak = offset > 0 && source[offset - 1] !== "\n";
  const fitted = (needsBreak ? `\n${text}` : text).replaceAll("\n", newline);
  return source.slice(0, offset) + fitted + source.slice(offset);
}
