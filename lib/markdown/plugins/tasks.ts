import type { Root } from "hast";
import type { Plugin } from "unified";
import { visit } from "unist-util-visit";

/** A task's box says aloud whether it is ticked. */
export const rehypeTasks: Plugin<[], Root> = () => (root) => {
  visit(root, "element", ({ tagName, properties }) => {
    if (tagName === "input") properties["ariaLabel"] = properties["checked"] ? "Done" : "Not done";
  });
};
