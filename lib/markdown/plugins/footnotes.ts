import type { Root } from "hast";
import type { Plugin } from "unified";
import { visit } from "unist-util-visit";
import { messagesIn } from "#lib/messages/messages.ts";
import { viewOf } from "../view.ts";
import { FOOTNOTES } from "./headings.ts";

/** The heading above footnotes, and the links from them back to where they are referred to, in the words of the site. */
export const rehypeFootnotes: Plugin<[], Root> = () => (root, file) => {
  const label = file.data.ownIds?.get(FOOTNOTES);
  if (!label) return;
  const { footnotes, backToReference } = messagesIn(viewOf(file).locale).text;
  label.children = [{ type: "text", value: footnotes }];
  visit(root, "element", ({ properties }) => {
    if (properties["dataFootnoteBackref"] === undefined) return;
    properties["ariaLabel"] = backToReference({ number: String(properties["ariaLabel"]) });
  });
};
