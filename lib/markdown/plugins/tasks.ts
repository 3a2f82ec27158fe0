import type { Root } from "hast";
import type { Plugin } from "unified";
import { visit } from "unist-util-visit";
import { messagesIn } from "#lib/messages/messages.ts";
import { viewOf } from "../view.ts";

/** A task's box says aloud whether it is ticked. */
export const rehypeTasks: Plugin<[], Root> = () => (root, file) => {
  const { task } = messagesIn(viewOf(file).locale).text;
  visit(root, "element", ({ tagName, properties }) => {
    if (tagName === "input") properties["ariaLabel"] = properties["checked"] ? task.done : task.open;
  });
};
