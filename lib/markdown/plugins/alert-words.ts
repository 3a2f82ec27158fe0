import type { Blockquote, Paragraph, Root } from "mdast";
import type { Plugin } from "unified";
import { visit } from "unist-util-visit";
import { type Messages, messagesIn } from "#lib/messages/messages.ts";
import { alertAt } from "./alerts.ts";

/** `> [!WARNING]` where there is no box around it: its text begins with “Warning:”. */
export const remarkAlertWords: Plugin<[locale: string], Root> = (locale) => (root) => {
  const { text } = messagesIn(locale);
  visit(root, "blockquote", (quote, index, parent) => {
    const children = alertIn(quote, text);
    if (children && parent && index !== undefined) parent.children.splice(index, 1, ...children);
  });
};

function alertIn(
  { children: [first, ...others] }: Blockquote,
  { alert, alertBefore }: Messages["text"],
): Blockquote["children"] | undefined {
  const mark = first?.type === "paragraph" ? first.children[0] : undefined;
  if (first?.type !== "paragraph" || mark?.type !== "text") return undefined;
  const found = alertAt(mark.value);
  if (!found) return undefined;
  const text = mark.value.slice(found.length);
  const rest = first.children.slice(text === "" && first.children[1]?.type === "break" ? 2 : 1);
  const said: Paragraph["children"] = text === "" ? rest : [{ ...mark, value: text }, ...rest];
  const next = others[0];
  const isNext = said.length === 0 && next?.type === "paragraph";
  const words = isNext ? next.children : said;
  const title = alertBefore({ title: alert[found.kind] });
  const heading: Paragraph["children"] = [{ type: "text", value: words.length > 0 ? `${title} ` : title }];
  return [{ ...first, children: [...heading, ...words] }, ...(isNext ? others.slice(1) : others)];
}
