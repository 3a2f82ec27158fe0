import type { Nodes } from "mdast";
import { visit } from "unist-util-visit";
import { parseMarkdown } from "#lib/markdown/parse.ts";
import type { Entry } from "#lib/model/incident.ts";
import type { Place } from "#lib/model/problem.ts";
import type { ParsedEntry } from "#lib/parse/entry.ts";

/** Something in a Markdown text that points elsewhere or is more than text. */
export interface Mention {
  readonly kind: "link" | "image" | "html" | "directive";
  /** The address, the HTML or the directive's name. */
  readonly value: string;
  /** The alternative text of an image. */
  readonly alt: string;
  readonly place: Place;
}

/**
 * Text without any of these holds no link, image, HTML or directive that a rule could mind: most updates, which need no
 * syntax tree. Links to the web are none either, whether bare, in pointed brackets or behind a text.
 */
const WORTH_PARSING = /\]\((?!https?:\/\/)|\]:(?!\s*https?:\/\/)|!\[|<(?!https?:)[a-z/!?]|^ {0,3}::/im;

/** Every mention in the report and the updates of a file, in order. */
export function mentionsOf(entry: Entry, parsed: ParsedEntry): Mention[] {
  const texts: ["body" | number, string][] = [["body", entry.body]];
  for (const [index, update] of entry.updates.entries()) texts.push([index, update.body]);
  return texts.flatMap(([of, text]) => (WORTH_PARSING.test(text) ? mentionsIn(of, text, parsed) : []));
}

function mentionsIn(of: "body" | number, text: string, parsed: ParsedEntry): Mention[] {
  const mentions: Mention[] = [];
  visit(parseMarkdown(text), (node) => {
    const found = mentioned(node);
    if (!found) return;
    const offset = node.position?.start.offset ?? 0;
    const snippet = text.slice(offset, node.position?.end.offset).split("\n")[0] ?? "";
    mentions.push({ alt: "", ...found, place: parsed.placeInText(of, offset, snippet) });
  });
  return mentions;
}

function mentioned(node: Nodes): { kind: Mention["kind"]; value: string; alt?: string } | undefined {
  switch (node.type) {
    case "link":
      return { kind: "link", value: node.url };
    case "definition":
      return { kind: "link", value: node.url };
    case "image":
      return { kind: "image", value: node.url, alt: node.alt ?? "" };
    case "html":
      return { kind: "html", value: node.value };
    case "leafDirective":
      return { kind: "directive", value: node.name };
    default:
      return undefined;
  }
}
