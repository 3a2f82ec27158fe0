import type { Element, Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { sanitize } from "hast-util-sanitize";
import { toMdast } from "hast-util-to-mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown } from "mdast-util-to-markdown";
import { SKIP, visit } from "unist-util-visit";
import { SAFE } from "#lib/markdown/safe.ts";
import type { Note } from "../imported.ts";

const ELEMENTS =
  "a|abbr|acronym|address|article|aside|b|bdi|bdo|big|blockquote|br|caption|center|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|label|li|link|main|mark|meta|nav|noscript|object|ol|p|pre|q|s|samp|script|section|select|small|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|textarea|tfoot|th|thead|time|title|tr|tt|u|ul|var|video|audio|source|embed|form|button";
const TAG = new RegExp(`<(?:\\/?(?:${ELEMENTS})\\b[^>]*|!--[\\s\\S]*?--)>`, "i");
/** A “<” that opens no element of HTML: what people write as <name>, and less than. */
const NO_TAG = new RegExp(`<(?!\\/?(?:${ELEMENTS})\\b|!--)`, "gi");
const BARE_ADDRESS = /https?:\/\/[^\s<>"'()]+[^\s<>"'().,;:!?]/g;

/** Whether a text holds elements of HTML. */
export function isHtml(text: string): boolean {
  return TAG.test(text);
}

/** HTML as Markdown that says the same; what could run or load something is left out and remarked. */
export function markdownFromHtml(html: string, note: Note): string {
  try {
    const tree = fromHtml(html.replace(NO_TAG, "&lt;"), { fragment: true });
    const safe = sanitize(tree, SAFE) as Root;
    noteLost(tree, safe, note);
    linkBareAddresses(safe);
    return toMarkdown(toMdast(safe), { extensions: [gfmToMarkdown()], bullet: "-", rule: "-" }).trim();
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault;
    note("HTML", "its elements are nested too deeply; shown as it was written");
    return html.replace(/[<&]/g, "\\$&");
  }
}

/** Remarks elements that were taken out with what they held. */
function noteLost(before: Root, after: Root, note: Note): void {
  const had = namesIn(before);
  const kept = namesIn(after);
  for (const name of had) {
    if (!kept.has(name) && HELD.has(name)) note(`<${name}>`, "it could run, load or capture something; left out");
  }
}

const HELD = new Set(
  "script style iframe object embed form button input select textarea svg video audio link meta".split(" "),
);

function namesIn(tree: Root): Set<string> {
  const names = new Set<string>();
  visit(tree, "element", ({ tagName }) => void names.add(tagName));
  return names;
}

/** An address in the text becomes a link, so that Markdown does not take its characters for marks. */
function linkBareAddresses(tree: Root): void {
  visit(tree, (node, index, parent) => {
    if (node.type === "element" && /^(?:a|code|pre|kbd|samp|tt|var)$/.test(node.tagName)) return SKIP;
    if (node.type !== "text" || index === undefined || parent === undefined) return undefined;
    const found = [...node.value.matchAll(BARE_ADDRESS)];
    if (found.length === 0) return undefined;
    const parts: (Element | { type: "text"; value: string })[] = [];
    let at = 0;
    for (const { 0: address, index: from } of found) {
      if (from > at) parts.push({ type: "text", value: node.value.slice(at, from) });
      parts.push({
        type: "element",
        tagName: "a",
        properties: { href: address },
        children: [{ type: "text", value: address }],
      });
      at = from + address.length;
    }
    if (at < node.value.length) parts.push({ type: "text", value: node.value.slice(at) });
    parent.children.splice(index, 1, ...parts);
    return [SKIP, index + parts.length];
  });
}
