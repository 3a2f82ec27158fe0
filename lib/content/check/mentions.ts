import type { Element } from "hast";
import { fromHtml } from "hast-util-from-html";
import type { Definition, Nodes, Root, Table } from "mdast";
import { visit } from "unist-util-visit";
import { blockDirectives } from "#lib/markdown/block-directives.ts";
import { type Excess, findExcess } from "#lib/markdown/limits.ts";
import { parseMarkdown } from "#lib/markdown/parse.ts";
import type { Entry } from "#lib/model/incident.ts";
import type { Place } from "#lib/model/problem.ts";
import type { ParsedEntry } from "../parse/entry.ts";

/** Something in a Markdown text that points elsewhere or is more than text. */
export interface Mention {
  readonly kind: "link" | "image" | "html" | "directive" | "cells";
  /** The address, the HTML, the directive as it begins, or the first of a row's cells that no column is for. */
  readonly value: string;
  /** The alternative text of an image. */
  readonly alt: string;
  readonly place: Place;
}

type Found = Pick<Mention, "kind" | "value"> & { readonly alt?: string; readonly offset?: number };

/** The texts of an entry, each with the name by which its places are asked for. */
export function textsOf(entry: Entry): (readonly [of: "body" | number, text: string])[] {
  return [["body", entry.body], ...entry.updates.map(({ body }, index) => [index, body] as const)];
}

/** Looking takes as long as all rules together, and two ask. */
const looked = new WeakMap<Entry, Excess | undefined>();

/** Where the texts of an entry ask for more work than they are worth. */
export function excessOf(entry: Entry): Excess | undefined {
  if (!looked.has(entry)) looked.set(entry, findExcess(textsOf(entry).map(([, text]) => text)));
  return looked.get(entry);
}

/**
 * Text without any of these holds no link, image, HTML or directive that a rule could mind: most updates, which need no
 * syntax tree. Links to the web are none either, whether bare, in pointed brackets or behind a text.
 */
const WORTH_PARSING = /\]\((?!https?:\/\/)|\]:(?!\s{0,9}https?:\/\/)|!\[|<(?!https?:)[a-z/!?]|::/i;

function isWorthParsing(text: string): boolean {
  return WORTH_PARSING.test(text) || mayLoseCells(text);
}

/** Whether a line has more cells than the line of dashes above it, by its bars. */
function mayLoseCells(text: string): boolean {
  if (!text.includes("|")) return false;
  let columns = Number.POSITIVE_INFINITY;
  for (const line of text.split("\n")) {
    if (!line.includes("|")) columns = Number.POSITIVE_INFINITY;
    else if (/^[\s>|:-]*$/.test(line) && line.includes("-")) columns = cellsIn(line);
    else if (cellsIn(line) > columns) return true;
  }
  return false;
}

function cellsIn(line: string): number {
  const row = line.trim();
  const bars = row.match(/(?<!\\)\|/g)?.length ?? 0;
  return bars + 1 - Number(row.startsWith("|")) - Number(bars > 1 && row.endsWith("|"));
}

/** Every mention in the report and the updates of a file, in order; none where there is too much to be parsed. */
export function mentionsOf(entry: Entry, parsed: ParsedEntry): Mention[] {
  if (excessOf(entry)) return [];
  return textsOf(entry).flatMap(([of, text]) => (isWorthParsing(text) ? mentionsIn(of, text, parsed) : []));
}

function mentionsIn(of: "body" | number, text: string, parsed: ParsedEntry): Mention[] {
  const mentions: Mention[] = [];
  const root = parseMarkdown(text);
  const pictures = picturesIn(root);
  const placeAt = parsed.placesInText(of);
  visit(root, (node) => {
    for (const { offset = node.position?.start.offset ?? 0, ...found } of mentioned(node, pictures, text)) {
      mentions.push({ alt: "", ...found, place: placeAt(offset) });
    }
  });
  return mentions;
}

/** The addresses that images name by reference, by their names. */
function picturesIn(root: Root): ReadonlyMap<string, string> {
  const addresses = new Map<string, string>();
  const names = new Set<string>();
  visit(root, (node) => {
    if (node.type === "definition" && !addresses.has(node.identifier)) addresses.set(node.identifier, node.url);
    if (node.type === "imageReference") names.add(node.identifier);
  });
  return new Map([...addresses].filter(([name]) => names.has(name)));
}

function mentioned(node: Nodes, pictures: ReadonlyMap<string, string>, text: string): Found[] {
  switch (node.type) {
    case "link":
      return [{ kind: "link", value: node.url }];
    case "definition":
      return isForPicture(node, pictures) ? [] : [{ kind: "link", value: node.url }];
    case "image":
      return [{ kind: "image", value: node.url, alt: node.alt ?? "" }];
    case "imageReference":
      return [{ kind: "image", value: pictures.get(node.identifier) ?? "", alt: node.alt ?? "" }];
    case "html":
      return [{ kind: "html", value: node.value }, ...mentionedIn(node.value)];
    case "leafDirective":
      return [{ kind: "directive", value: `::${node.name}` }];
    case "paragraph":
      return blockDirectives(node, text).map(({ value, at }) => ({ kind: "directive", value, offset: at }));
    case "table":
      return lostCells(node, text);
    default:
      return [];
  }
}

/** The cells of a table's rows that stand behind its last column: no page shows them. */
function lostCells({ children: [head, ...rows] }: Table, text: string): Found[] {
  return rows.flatMap(({ children }) => {
    const position = children[head?.children.length ?? 0]?.position;
    if (!position) return [];
    const { start, end } = position;
    return {
      kind: "cells" as const,
      value: text.slice(start.offset, end.offset).replaceAll("|", " ").trim(),
      offset: start.offset ?? 0,
    };
  });
}

function isForPicture({ identifier, url }: Definition, pictures: ReadonlyMap<string, string>): boolean {
  return pictures.get(identifier) === url;
}

/** The links and images that stand in HTML. */
function mentionedIn(html: string): Found[] {
  const found: Found[] = [];
  visit(fromHtml(html, { fragment: true }), "element", ({ tagName, properties }: Element) => {
    const { href, src, alt } = properties;
    if (tagName === "a" && href !== undefined) found.push({ kind: "link", value: String(href) });
    if (tagName === "img" && src !== undefined)
      found.push({ kind: "image", value: String(src), alt: String(alt ?? "") });
  });
  return found;
}
