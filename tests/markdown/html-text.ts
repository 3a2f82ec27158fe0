import type { Element, Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { visit } from "unist-util-visit";
import { type Html, markdownToHtml } from "#lib/markdown/html.ts";
import type { HtmlOptions } from "#lib/markdown/view.ts";

/** Markdown as HTML, with no images and every link left as it is unless told otherwise. */
export function toHtml(markdown: string, options: Partial<HtmlOptions> = {}): Html {
  return markdownToHtml(markdown, {
    prefix: "r-",
    topHeading: 3,
    locale: "en",
    image: () => undefined,
    link: (address) => address,
    ...options,
  });
}

/** The elements that a browser makes of some HTML, in order. */
export function elementsOf(html: string): Element[] {
  const root: Root = fromHtml(html, { fragment: true });
  const elements: Element[] = [];
  visit(root, "element", (element) => void elements.push(element));
  return elements;
}

/** The elements of one name. */
export function all(html: string, name: string): Element[] {
  return elementsOf(html).filter(({ tagName }) => tagName === name);
}
