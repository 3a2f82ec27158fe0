import type { Root } from "hast";
import type { Plugin } from "unified";
import { visit } from "unist-util-visit";

/** Elements that HTML has given up, with those that mean the same (HTML, section 16.2). */
const SUCCESSORS: Readonly<Record<string, string>> = { strike: "s", tt: "code" };

export const rehypeSuccessors: Plugin<[], Root> = () => (root) => {
  visit(root, "element", (element) => {
    element.tagName = SUCCESSORS[element.tagName] ?? element.tagName;
  });
};
