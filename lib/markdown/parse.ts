import type { Nodes, Root } from "mdast";
import type {} from "mdast-util-directive";
import { directiveFromMarkdown } from "mdast-util-directive";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toString as textOf } from "mdast-util-to-string";
import { directive } from "micromark-extension-directive";
import { gfm } from "micromark-extension-gfm";
import { combineExtensions } from "micromark-util-combine-extensions";

/** Only `::name` on a line of its own: `:name` inside a text would swallow the likes of "10:30am" and "error:timeout". */
const leafDirective = { flow: directive().flow ?? {} };
const syntax = [combineExtensions([gfm(), leafDirective])];
const tree = [gfmFromMarkdown(), directiveFromMarkdown()];

/** GitHub-flavoured Markdown with leaf directives, as a syntax tree with positions. */
export function parseMarkdown(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: syntax, mdastExtensions: tree });
}

/** What a reader would read aloud, on one line: no marks, no addresses, no HTML. */
export function markdownToText(markdown: string): string {
  return wordsOf(parseMarkdown(markdown)).replace(/\s+/g, " ").trim();
}

/** Blocks that hold blocks, whose texts are apart from one another. */
const APART = new Set(["root", "list", "listItem", "blockquote", "table", "tableRow", "footnoteDefinition"]);

function wordsOf(node: Nodes): string {
  if (!APART.has(node.type) || !("children" in node))
    return textOf(node, { includeHtml: false, includeImageAlt: false });
  return node.children.map(wordsOf).join(" ");
}
