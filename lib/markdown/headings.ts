import GithubSlugger from "github-slugger";
import type { Element, Root } from "hast";
import { toString as textOf } from "hast-util-to-string";
import { visit } from "unist-util-visit";
import { isReserved } from "./ids.ts";

/** One heading of a report, for its table of contents. */
export interface Heading {
  readonly id: string;
  readonly text: string;
  /** 3 for the topmost, as it stands on the page. */
  readonly level: number;
}

/** The label of the footnotes, which only screen readers show. */
const FOOTNOTES = "footnote-label";

/**
 * Moves a text's headings under the page's own: the topmost becomes `top`, none skips a level, none passes 6. Each gets
 * an identifier by GitHub's rule, unless the author gave it one, and a link to itself.
 * @param taken identifiers that the text uses already
 */
export function refineHeadings(root: Root, top: number, taken: ReadonlySet<string>): Heading[] {
  const slugger = new GithubSlugger();
  const found = headingsOf(root);
  const highest = found.reduce((least, element) => (isLabel(element) ? least : Math.min(least, rank(element))), 6);
  const headings: Heading[] = [];
  let previous = top - 1;
  for (const element of found) {
    const level = isLabel(element) ? top : Math.min(rank(element) - highest + top, previous + 1, 6);
    previous = level;
    element.tagName = `h${level}`;
    if (isLabel(element)) continue;
    const text = textOf(element).trim();
    const id = String(element.properties["id"] ?? freeId(text, slugger, taken));
    element.properties = { id };
    headings.push({ id, text, level });
    element.children.push({
      type: "element",
      tagName: "a",
      properties: { href: `#${id}`, className: ["permalink"], ariaLabel: `Link to “${text}”` },
      children: [{ type: "text", value: "#" }],
    });
  }
  followRenamed(root, headings);
  return headings;
}

function freeId(text: string, slugger: GithubSlugger, taken: ReadonlySet<string>): string {
  const wished = slugger.slug(text) || slugger.slug("section");
  let id = isReserved(wished) ? slugger.slug(`section-${wished}`) : wished;
  while (taken.has(id)) id = slugger.slug(id);
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

function isLabel(element: Element): boolean {
  return element.properties["id"] === FOOTNOTES;
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
