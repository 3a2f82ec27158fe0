import type { List, Nodes, Parents } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { parseWords } from "./parse.ts";
import { isSafeAddress } from "./safe.ts";

/**
 * Markdown as plain text of several lines, for messages that show no markup: paragraphs stay apart, lists keep their
 * marks, and a link is followed by its address in brackets. HTML and pictures' addresses are left out.
 * @param locale of the site
 * @param link where a link leads, given where it was written to lead
 */
export function markdownToPlain(markdown: string, locale: string, link: (address: string) => string): string {
  return blocksOf(parseWords(markdown, locale), link, "\n\n").trim();
}

type Link = (address: string) => string;

function blocksOf(node: Parents, link: Link, between: string): string {
  const blocks = (node.children as Nodes[]).map((child) => blockOf(child, link));
  return blocks.filter((block) => block !== "").join(between);
}

function blockOf(node: Nodes, link: Link): string {
  switch (node.type) {
    case "list":
      return listOf(node, link);
    case "blockquote":
      return blocksOf(node, link, "\n\n").replace(/^/gm, "> ");
    case "table":
      return blocksOf(node, link, "\n");
    case "tableRow":
      return blocksOf(node, link, " | ");
    case "code":
      return node.value.replace(/^/gm, "    ");
    case "thematicBreak":
      return "---";
    case "leafDirective":
    case "definition":
      return "";
    default:
      return inlineOf(node, link).trim();
  }
}

function listOf(list: List, link: Link): string {
  const items = list.children.map((item, index) => {
    const mark = list.ordered ? `${(list.start ?? 1) + index}. ` : "- ";
    const text = blocksOf(item, link, "\n");
    return mark + text.replaceAll("\n", `\n${" ".repeat(mark.length)}`);
  });
  return items.join("\n");
}

function inlineOf(node: Nodes, link: Link): string {
  switch (node.type) {
    case "break":
      return "\n";
    case "html":
      return "";
    case "image":
      return node.alt ? `[${node.alt}]` : "";
    case "link": {
      const text = textOf(node, { includeHtml: false }).trim();
      if (!isSafeAddress(node.url)) return text;
      const address = link(node.url);
      return text === "" || address === text || address === `mailto:${text}` ? address : `${text} (${address})`;
    }
    case "text":
      return node.value.includes("\n") ? joinLines(node.value) : node.value;
    default:
      if ("children" in node) return node.children.map((child) => inlineOf(child, link)).join("");
      return textOf(node, { includeHtml: false });
  }
}

/** A text of several lines without the white space around their ends. */
function joinLines(text: string): string {
  const lines = text.split("\n");
  const last = lines.length - 1;
  const trimmed = lines.map((line, index) => {
    const begun = index === 0 ? line : line.trimStart();
    return index === last ? begun : begun.trimEnd();
  });
  return trimmed.filter((line, index) => line !== "" || index === 0 || index === last).join("\n");
}
