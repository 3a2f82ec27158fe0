import type { ElementContent, Root } from "hast";
import type { Plugin } from "unified";
import { visit } from "unist-util-visit";
import { messagesIn } from "#lib/messages/messages.ts";
import { viewOf } from "../view.ts";

/**
 * Shows the images kept beside the file. Any other becomes a link: a page never makes a reader's browser ask a third
 * party for anything.
 */
export const rehypeImages: Plugin<[], Root> = () => (root, file) => {
  const { image, locale } = viewOf(file);
  visit(root, "element", (element, index, parent) => {
    if (element.tagName !== "img" || !parent || index === undefined) return;
    const address = String(element.properties["src"] ?? "");
    const alt = String(element.properties["alt"] ?? "");
    const placed = image(address);
    if (placed) {
      element.properties = {
        src: placed.url,
        alt,
        ...(placed.width === undefined ? {} : { width: placed.width }),
        ...(placed.height === undefined ? {} : { height: placed.height }),
        loading: "lazy",
        decoding: "async",
      };
      return;
    }
    const label: ElementContent = { type: "text", value: labelOf(alt || address, locale) };
    const linked = /^https?:/i.test(address) && !(parent.type === "element" && parent.tagName === "a");
    parent.children[index] = linked
      ? { type: "element", tagName: "a", properties: { href: address, rel: ["noopener"] }, children: [label] }
      : label;
  });
};

function labelOf(what: string, locale: string): string {
  const { image, noImage } = messagesIn(locale).text;
  return what === "" ? noImage : image({ what });
}
