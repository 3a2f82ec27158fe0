import type { Element, Root } from "hast";
import type { Plugin } from "unified";
import { visit } from "unist-util-visit";
import { viewOf } from "../view.ts";

/** What the page itself uses; its updates are named by their time. */
const RESERVED = /^(?:main|report|updates|actions|timeline|components|contents|u\d{8}.*)$/;

/** Whether an identifier belongs to the page, so that no text may take it. */
export function isReserved(id: string): boolean {
  return RESERVED.test(id);
}

/** Notes the identifiers an author gave. Those that cannot stay, and every second use of one, are taken off. */
export const rehypeOwnIds: Plugin<[], Root> = () => (root, file) => {
  const own = new Map<string, Element>();
  visit(root, "element", (element) => {
    const { properties } = element;
    const id = properties["id"];
    if (id === undefined) return;
    if (typeof id !== "string" || own.has(id) || isReserved(id) || !/^[\w.:-]+$/.test(id)) delete properties["id"];
    else own.set(id, element);
  });
  file.data.ownIds = own;
};

/**
 * Gives every identifier the text's prefix, with the links and labels that point at it: so several texts stand on one
 * page without their headings and footnotes meeting.
 */
export const rehypeIsolateIds: Plugin<[], Root> = () => (root, file) => {
  const { prefix } = viewOf(file);
  const known = new Set<string>();
  visit(root, "element", ({ properties }) => {
    if (typeof properties["id"] !== "string") return;
    known.add(properties["id"]);
    properties["id"] = prefix + properties["id"];
  });
  visit(root, "element", ({ properties }) => {
    const target = targetOf(properties["href"]);
    if (target !== undefined && known.has(target)) properties["href"] = `#${prefix}${target}`;
    for (const label of ["ariaDescribedBy", "ariaLabelledBy"]) {
      const ids = properties[label];
      if (ids === undefined) continue;
      const here = [ids]
        .flat()
        .map(String)
        .filter((id) => known.has(id));
      if (here.length === 0) delete properties[label];
      else properties[label] = here.map((id) => prefix + id);
    }
  });
};

/** The identifier on the same page that an address means. */
function targetOf(href: unknown): string | undefined {
  if (typeof href !== "string" || !href.startsWith("#")) return undefined;
  try {
    return decodeURIComponent(href.slice(1));
  } catch {
    return undefined;
  }
}
