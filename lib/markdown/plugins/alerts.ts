import type { Element, Root } from "hast";
import { toString as textOf } from "hast-util-to-string";
import type { Plugin } from "unified";
import { visit } from "unist-util-visit";
import { type Messages, messagesIn } from "#lib/messages/messages.ts";
import { viewOf } from "../view.ts";

type Kind = keyof Messages["text"]["alert"];

const KINDS: ReadonlySet<string> = new Set<Kind>(["note", "tip", "important", "warning", "caution"]);

/** Which alert a quotation is, by how its text begins, and how many characters of that say so. */
export function alertAt(text: string): { readonly kind: Kind; readonly length: number } | undefined {
  const found = /^\[!([A-Z]+)\][^\S\n]*(?:\n|$)/.exec(text);
  const kind = found?.[1]?.toLowerCase() ?? "";
  return found && KINDS.has(kind) ? { kind: kind as Kind, length: found[0].length } : undefined;
}

/** `> [!NOTE]` and its kin, as GitHub shows them. */
export const rehypeAlerts: Plugin<[], Root> = () => (root, file) => {
  const titles = messagesIn(viewOf(file).locale).text.alert;
  visit(root, "element", (quote) => {
    if (quote.tagName !== "blockquote") return;
    const first = quote.children.find((child): child is Element => child.type === "element");
    const text = first?.tagName === "p" ? first.children[0] : undefined;
    if (text?.type !== "text" || first === undefined) return;
    const alert = alertAt(text.value);
    if (!alert) return;
    text.value = text.value.slice(alert.length);
    if (first.children[1]?.type === "element" && first.children[1].tagName === "br" && text.value === "") {
      first.children.splice(0, 2);
    }
    if (textOf(first).trim() === "") quote.children.splice(quote.children.indexOf(first), 1);
    quote.tagName = "div";
    quote.properties = { className: ["alert", `alert-${alert.kind}`], role: "note" };
    quote.children.unshift({
      type: "element",
      tagName: "p",
      properties: { className: ["alert-title"] },
      children: [{ type: "text", value: titles[alert.kind] }],
    });
  });
};
