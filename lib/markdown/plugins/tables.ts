import type { Root } from "hast";
import type { Plugin } from "unified";
import { SKIP, visit } from "unist-util-visit";
import { messagesIn } from "#lib/messages/messages.ts";
import { viewOf } from "../view.ts";

/** A wide table scrolls in its own box, reachable by keyboard, instead of pushing the page aside. */
export const rehypeTables: Plugin<[], Root> = () => (root, file) => {
  const { table } = messagesIn(viewOf(file).locale).text;
  visit(root, "element", (element, index, parent) => {
    if (element.tagName !== "table" || !parent || index === undefined) return;
    parent.children[index] = {
      type: "element",
      tagName: "div",
      properties: { className: ["scroll"], role: "region", ariaLabel: table, tabIndex: 0 },
      children: [element],
    };
    return [SKIP, index + 1];
  });
};
