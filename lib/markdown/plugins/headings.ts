import type { Element, Root } from "hast";
import { toString as textOf } from "hast-util-to-string";
import type { Plugin } from "unified";
import { visit } from "unist-util-visit";
import { messagesIn } from "#lib/messages/messages.ts";
import { type Heading, viewOf } from "../view.ts";
import { isReserved } from "./ids.ts";

/** The label of the footnotes, which only screen readers show. */
export const FOOTNOTES = "footnote-label";

/**
 * Moves a text's headings under the page's own: the topmost becomes the page's next level, none skips a level, none passes
 * 6. Each has an identifier already; where the page needs that one for itself, or another element has it, it gets another.
 * Each gets a link to itself, unless the text is read without our styles.
 */
export const rehypeHeadings: Plugin<[], Root> = () => (root, file) => {
  const { topHeading: top, prefix, isBare, locale } = viewOf(file);
  const { permalink } = messagesIn(locale).text;
  const own = file.data.ownIds ?? new Map<string, Element>();
  const taken = new Set(own.keys());
  const label = own.get(FOOTNOTES);
  const found = headingsOf(root);
  const highest = found.reduce((least, element) => (element === label ? least : Math.min(least, rank(element))), 6);
  const headings: Heading[] = [];
  let previous = top - 1;
  for (const element of found) {
    const level = element === label ? top : Math.min(rank(element) - highest + top, previous + 1, 6);
    previous = level;
    element.tagName = `h${level}`;
    if (element === label) continue;
    const text = textOf(element).trim();
    const given = String(element.properties["id"] ?? "");
    const id = own.get(given) === element ? given : freeId(given, taken);
    element.properties = { id };
    headings.push({ id, text, level });
    if (isBare) continue;
    element.children.push({
      type: "element",
      tagName: "a",
      properties: { href: `#${id}`, className: ["permalink"], ariaLabel: permalink({ heading: text }) },
      children: [{ type: "text", value: "#" }],
    });
  }
  followRenamed(root, headings);
  file.data.headings = headings.map((each) => ({ ...each, id: prefix + each.id }));
};

/** The identifier that GitHub's rule gives, or the next one that nothing else has. */
function freeId(given: string, taken: Set<string>): string {
  const wished = isReserved(given) ? `section-${given}` : given || "section";
  let id = wished;
  for (let count = 1; taken.has(id); count += 1) id = `${wished}-${count}`;
  taken.add(id);
  return id;
}

/** Links that an author wrote to a heading lead there, although the page needed the identifier for itself. */
function followRenamed(root: Root, headings: readonly Heading[]): void {
  const renamed = new Map(headings.map(({ id }) => [`#${id.replace(/^section-/, "")}`, `#${id}`]));
  visit(root, "element", ({ tagName, properties }) => {
    const href = String(properties["href"] ?? "");
    if (tagName === "a" && isReserved(href.slice(1))) properties["href"] = renamed.get(href) ?? href;
  });
}

function headingsOf(root: Root): Element[] {
  const found: Element[] = [];
  visit(root, "element", (element) => {
    if (/^h[1-6]$/.test(element.tagName)) found.push(element);
  });
  return found;
}

function rank(element: Element): number {
  return Number(element.tagName.slice(1));
}
