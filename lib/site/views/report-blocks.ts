import type { Nodes } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { parseMarkdown } from "#lib/markdown/parse.ts";

/** A piece of a report that stands by itself, as two versions of it are compared. */
export interface ReportBlock {
  readonly kind: "heading" | "paragraph" | "item" | "row" | "code";
  /** What a reader reads, without marks. */
  readonly text: string;
  /** As it was written: two blocks that read the same may still lead elsewhere. */
  readonly source: string;
}

/** Blocks that hold blocks: what is inside them is compared, not they. */
const HOLDERS = new Set(["root", "list", "blockquote", "table", "footnoteDefinition"]);

/** The blocks of a report in the order in which they are read. */
export function reportBlocks(markdown: string): ReportBlock[] {
  return blocksIn(parseMarkdown(markdown), markdown);
}

function blocksIn(node: Nodes, markdown: string): ReportBlock[] {
  if (HOLDERS.has(node.type) && "children" in node) return node.children.flatMap((child) => blocksIn(child, markdown));
  const block = (kind: ReportBlock["kind"], of: Nodes = node, text = plain(of)): ReportBlock[] =>
    text.trim() === "" ? [] : [{ kind, text, source: sourceOf(of, markdown) }];
  switch (node.type) {
    case "heading":
      return block("heading");
    case "listItem": {
      const [first, ...rest] = node.children;
      if (!first) return [];
      const own = first.type === "paragraph" ? block("item", first) : blocksIn(first, markdown);
      return [...own, ...rest.flatMap((child) => blocksIn(child, markdown))];
    }
    case "tableRow":
      return block("row", node, node.children.map(plain).join(" | "));
    case "code":
      return block("code", node, node.value);
    case "leafDirective":
    case "definition":
    case "thematicBreak":
      return [];
    default:
      return block("paragraph");
  }
}

function plain(node: Nodes): string {
  return textOf(node, { includeHtml: false }).replace(/\s+/g, " ").trim();
}

function sourceOf({ position }: Nodes, markdown: string): string {
  return markdown.slice(position?.start.offset, position?.end.offset).replace(/\s+/g, " ").trim();
}
