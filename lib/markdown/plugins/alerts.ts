import type { Element, Root } from "hast";
import { toString as textOf } from "hast-util-to-string";
import type { Plugin } from "unified";
import { visit } from "unist-util-visit";

/** The kinds of alerts, by what stands in their brackets. */
export const ALERTS: Readonly<Record<string, string>> = {
  NOTE: "Note",
  TIP: "Tip",
  IMPORTANT: "Important",
  WARNING: "Warning",
  CAUTION: "Caution",
};

/** `> [!NOTE]` and its kin, as GitHub shows them. */
export const rehypeAlerts: Plugin<[], Root> = () => (root) => {
  visit(root, "element", (quote) => {
    if (quote.tagName !== "blockquote") return;
    const first = quote.children.find((child): child is Element => child.type === "element");
    const text = first?.tagName === "p" ? first.children[0] : undefined;
    if (text?.type !== "text" || first === undefined) return;
    const kind = /^\[!([A-Z]+)\][^\S\n]*(?:\n|$)/.exec(text.value);
    const title = ALERTS[kind?.[1] ?? ""];
    if (kind === null || title === undefined) return;
    text.value = text.value.slice(kind[0].length);
    if (first.children[1]?.type === "element" && first.children[1].tagName === "br" && text.value === "") {
      first.children.splice(0, 2);
    }
    if (textOf(first).trim() === "") quote.children.splice(quote.children.indexOf(first), 1);
    quote.tagName = "div";
    quote.properties = { className: ["alert", `alert-${title.toLowerCase()}`], role: "note" };
    quote.children.unshift({
      type: "element",
      tagName: "p",
      properties: { className: ["alert-title"] },
      children: [{ type: "text", value: title }],
    });
  });
};
