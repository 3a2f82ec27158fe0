import GithubSlugger from "github-slugger";
import type { Element, Root } from "hast";
import { toString as textOf } from "hast-util-to-string";
import { visit } from "unist-util-visit";

/** One heading of a report, for its table of contents. */
export interface Heading {
  readonly id: string;
  readonly text: string;
  /** 3 for the topmost, as it stands on the page. */
  readonly level: number;
}

/** Identifiers that the page itself uses. */
const RESERVED = ["main", "report", "updates", "actions", "timeline", "components", "contents"];

/**
 * Moves a text's headings under the page's own: the topmost becomes `top`, none skips a level, none passes 6. Each gets
 * an identifier by GitHub's rule and a link to itself.
 */
export function refineHeadings(root: Root, top: number, prefix: string): Heading[] {
  const slugger = new GithubSlugger();
  for (const id of RESERVED) slugger.slug(id);
  const found = headingsOf(root);
  const highest = Math.min(...found.map(rank));
  const headings: Heading[] = [];
  let previous = top - 1;
  for (const element of found) {
    const level = Math.min(rank(element) - highest + top, previous + 1, 6);
    previous = level;
    const text = textOf(element).trim();
    element.tagName = `h${level}`;
    if (element.properties["className"] !== undefined) continue; // the footnotes' label
    const id = prefix + slugger.slug(text || "section");
    element.properties["id"] = id;
    headings.push({ id, text, level });
    element.children.push({
      type: "element",
      tagName: "a",
      properties: { href: `#${id}`, className: ["permalink"], ariaLabel: `Link to “${text}”` },
      children: [{ type: "text", value: "#" }],
    });
  }
  return headings;
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
