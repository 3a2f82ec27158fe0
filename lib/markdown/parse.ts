import type { Nodes, Root } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { remarkAlertWords } from "./plugins/alert-words.ts";
import { reader } from "./reader.ts";

/** A text as a syntax tree with positions. */
export function parseMarkdown(markdown: string): Root {
  return reader.parse(markdown);
}

const teller = reader().use(remarkAlertWords).freeze();

/** A text as it is told where there is no more than words: as a syntax tree without anything that is only looks. */
export function parseWords(markdown: string): Root {
  const root = parseMarkdown(markdown);
  return markdown.includes("[!") ? teller.runSync(root) : root;
}

/** What a reader would read aloud, on one line: no marks, no addresses, no HTML. */
export function markdownToText(markdown: string): string {
  return wordsOf(parseWords(markdown)).replace(/\s+/g, " ").trim();
}

/** Blocks that hold blocks, whose texts are apart from one another. */
const APART = new Set(["root", "list", "listItem", "blockquote", "table", "tableRow", "footnoteDefinition"]);

function wordsOf(node: Nodes): string {
  if (!APART.has(node.type) || !("children" in node))
    return textOf(node, { includeHtml: false, includeImageAlt: false });
  return node.children.map(wordsOf).join(" ");
}

/** The first paragraph of a text, as `markdownToText` reads it; of a text without one, all of it. */
export function firstParagraph(markdown: string): string {
  const paragraphs = parseWords(markdown).children.filter(({ type }) => type === "paragraph");
  const texts = paragraphs.map((paragraph) => wordsOf(paragraph).replace(/\s+/g, " ").trim());
  return texts.find((text) => text !== "") ?? markdownToText(markdown);
}
