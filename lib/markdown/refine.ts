import type { Element, ElementContent, Root } from "hast";
import { toString as textOf } from "hast-util-to-string";
import { common, createLowlight } from "lowlight";
import { SKIP, visit } from "unist-util-visit";

/** An image kept beside the incident's file, as published. */
export interface PlacedImage {
  readonly url: string;
  readonly width?: number;
  readonly height?: number;
}

/** Colouring takes time that grows with the square of a block's length: past these it costs more than it tells. */
const LONGEST_COLOURED_CODE = 5_000;
const MOST_COLOURED_CODE = 20_000;

const lowlight = createLowlight(common);

/**
 * Shows the images kept beside the file. Any other becomes a link: a page never makes a reader's browser ask a third
 * party for anything.
 */
export function placeImages(root: Root, image: (address: string) => PlacedImage | undefined): void {
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
    const label: ElementContent = { type: "text", value: `Image: ${alt || address || "not available"}` };
    const linked = /^https?:/i.test(address) && !(parent.type === "element" && parent.tagName === "a");
    parent.children[index] = linked
      ? { type: "element", tagName: "a", properties: { href: address, rel: ["noopener"] }, children: [label] }
      : label;
  });
}

/** Leads links where they belong on the site; those that leave it tell the other side nothing of this page's window. */
export function leadLinks(root: Root, link: (address: string) => string): void {
  visit(root, "element", ({ tagName, properties }) => {
    if (tagName !== "a" || typeof properties["href"] !== "string") return;
    properties["href"] = link(properties["href"]);
    if (/^https?:/i.test(properties["href"])) properties["rel"] = ["noopener"];
  });
}

export function placeTimeline(root: Root, timeline: readonly ElementContent[]): void {
  visit(root, "element", (element, index, parent) => {
    if (element.tagName !== "figure" || !element.properties["className"] || !parent || index === undefined) return;
    if (timeline.length === 0) {
      parent.children.splice(index, 1);
      return [SKIP, index];
    }
    element.properties = { className: ["timeline-figure"] };
    element.children = structuredClone([...timeline]);
    return SKIP;
  });
}

const ALERTS: Readonly<Record<string, string>> = {
  NOTE: "Note",
  TIP: "Tip",
  IMPORTANT: "Important",
  WARNING: "Warning",
  CAUTION: "Caution",
};

/** `> [!NOTE]` and its kin, as GitHub shows them. */
export function showAlerts(root: Root): void {
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
}

/** A task's box says aloud whether it is ticked. */
export function nameTasks(root: Root): void {
  visit(root, "element", ({ tagName, properties }) => {
    if (tagName === "input") properties["ariaLabel"] = properties["checked"] ? "Done" : "Not done";
  });
}

/** Elements that HTML has given up, with those that mean the same (HTML, section 16.2). */
const SUCCESSORS: Readonly<Record<string, string>> = { strike: "s", tt: "code" };

export function modernise(root: Root): void {
  visit(root, "element", (element) => {
    element.tagName = SUCCESSORS[element.tagName] ?? element.tagName;
  });
}

/** A wide table scrolls in its own box, reachable by keyboard, instead of pushing the page aside. */
export function scrollTables(root: Root): void {
  visit(root, "element", (element, index, parent) => {
    if (element.tagName !== "table" || !parent || index === undefined) return;
    parent.children[index] = {
      type: "element",
      tagName: "div",
      properties: { className: ["scroll"], role: "region", ariaLabel: "Table", tabIndex: 0 },
      children: [element],
    };
    return [SKIP, index + 1];
  });
}

/** Colours code in a language that was named, and makes every block reachable by keyboard. */
export function highlightCode(root: Root): void {
  let left = MOST_COLOURED_CODE;
  visit(root, "element", (element) => {
    if (element.tagName !== "pre") return;
    element.properties["tabIndex"] = 0;
    const code = element.children.find(
      (child): child is Element => child.type === "element" && child.tagName === "code",
    );
    const language = [code?.properties["className"]].flat().map((name) => /^language-(.+)$/.exec(String(name))?.[1])[0];
    if (!code) return;
    const source = textOf(code);
    if (language === undefined || !lowlight.registered(language)) return;
    if (source.length > Math.min(LONGEST_COLOURED_CODE, left)) return;
    left -= source.length;
    code.children = lowlight.highlight(language, source).children as ElementContent[];
  });
}
