import type { Nodes, Root } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { remarkAlertWords } from "./plugins/alert-words.ts";
import { reader } from "./reader.ts";

/** A text as a syntax tree with positions. */
export function parseMarkdown(markdown: string): Root {
  return reader.parse(markdown);
}

/** By locale: one is dear to make. */
const tellers = new Map<string, Teller>();

const tellerFor = (locale: string) => reader().use(remarkAlertWords, locale).freeze();
type Teller = ReturnType<typeof tellerFor>;

/**
 * A text as it is told where there is no more than words: as a syntax tree without anything that is only looks.
 * @param locale of the site, or of whom it is for
 */
export function parseWords(markdown: string, locale: string): Root {
  const root = parseMarkdown(markdown);
  if (!markdown.includes("[!")) return root;
  const teller = tellers.get(locale) ?? tellerFor(locale);
  tellers.set(locale, teller);
  return teller.runSync(root);
}

/** What a reader would read aloud, on one line: no marks, no addresses, no HTML. */
export function markdownToText(markdown: string, locale: string): string {
  return wordsOf(parseWords(markdown, locale)).replace(/\s+/g, " ").trim();
}

/** Blocks that hold blocks, whose texts are apart from one another. */
const APART = new Set(["root", "list", "listItem", "blockquote", "table", "tableRow", "footnoteDefinition"]);

function wordsOf(node: Nodes): string {
  if (!APART.has(node.type) || !("children" in node))
    return textOf(node, { includeHtml: false, includeImageAlt: false });
  return node.children.map(wordsOf).join(" ");
}

/** The first paragraph of a text, as `markdownToText` reads it; of a text without one, all of it. */
export function firstParagraph(markdown: string, locale: string): string {
  const paragraphs = parseWords(markdown, locale).children.filter(({ type }) => type === "paragraph");
  const texts = paragraphs.map((paragraph) => wordsOf(paragraph).replace(/\s+/g, " ").trim());
  return texts.find((text) => text !== "") ?? markdownToText(markdown, locale);
}
