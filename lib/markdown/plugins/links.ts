import type { Root } from "hast";
import type { Plugin } from "unified";
import { visit } from "unist-util-visit";
import { viewOf } from "../view.ts";

/** Leads links where they belong on the site; those that leave it tell the other side nothing of this page's window. */
export const rehypeLinks: Plugin<[], Root> = () => (root, file) => {
  const { link } = viewOf(file);
  visit(root, "element", ({ tagName, properties }) => {
    if (tagName !== "a" || typeof properties["href"] !== "string") return;
    properties["href"] = link(properties["href"]);
    if (/^https?:/i.test(properties["href"])) properties["rel"] = ["noopener"];
  });
};
