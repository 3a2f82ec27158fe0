import type { Root } from "hast";
import rehypeRaw from "rehype-raw";
import type { Plugin } from "unified";
import { EXIT, visit } from "unist-util-visit";

/**
 * Reads the HTML in a text, with rehype-raw. That reads the whole text anew, which takes as long as all the rest and
 * changes nothing where there is no HTML (and no footnote, whose mark is a link that may stand in a link): most texts.
 */
export const rehypeHtml: Plugin<[], Root> = () => {
  const read = rehypeRaw();
  return (root, file) => (needsReading(root) ? (read(root, file) as Root) : undefined);
};

function needsReading(root: Root): boolean {
  let isNeeded = false;
  visit(root, (node) => {
    isNeeded = node.type === "raw" || (node.type === "element" && node.properties["dataFootnoteRef"] !== undefined);
    return isNeeded ? EXIT : undefined;
  });
  return isNeeded;
}
