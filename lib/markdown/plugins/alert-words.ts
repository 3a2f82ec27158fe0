import type { Blockquote, Paragraph, Root } from "mdast";
import type { Plugin } from "unified";
import { visit } from "unist-util-visit";
import { ALERTS } from "./alerts.ts";

/** `> [!WARNING]` where there is no box around it: its text begins with “Warning:”. */
export const remarkAlertWords: Plugin<[], Root> = () => (root) => {
  visit(root, "blockquote", (quote, index, parent) => {
    const children = alertIn(quote);
    if (children && parent && index !== undefined) parent.children.splice(index, 1, ...children);
  });
};

function alertIn({ children: [first, ...others] }: Blockquote): Blockquote["children"] | undefined {
  const mark = first?.type === "paragraph" ? first.children[0] : undefined;
  if (first?.type !== "paragraph" || mark?.type !== "text") return undefined;
  const kind = /^\[!([A-Z]+)\][^\S\n]*(?:\n|$)/.exec(mark.value);
  const title = ALERTS[kind?.[1] ?? ""];
  if (kind === null || title === undefined) return undefined;
  const text = mark.value.slice(kind[0].length);
  const rest = first.children.slice(text === "" && first.children[1]?.type === "break" ? 2 : 1);
  const said: Paragraph["children"] = text === "" ? rest : [{ ...mark, value: text }, ...rest];
  const next = others[0];
  const isNext = said.length === 0 && next?.type === "paragraph";
  const words = isNext ? next.children : said;
  const heading: Paragraph["children"] = [{ type: "text", value: words.length > 0 ? `${title}: ` : `${title}:` }];
  return [{ ...first, children: [...heading, ...words] }, ...(isNext ? others.slice(1) : others)];
}
