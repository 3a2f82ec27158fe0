import type { Definition, Image, Link, Nodes } from "mdast";
import { visit } from "unist-util-visit";
import { blockDirectives } from "#lib/markdown/block-directives.ts";
import { parseMarkdown } from "#lib/markdown/parse.ts";
import { isSafeAddress } from "#lib/markdown/safe.ts";
import { absolute, isElsewhere, isHome, placePicture, type Surroundings } from "./addresses.ts";
import { cleanHtml } from "./html.ts";

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A text without any of these needs no look at its syntax: no HTML, no relative or strange address, no directive. */
const SUSPECT =
  /<(?!https?:|mailto:)[a-z/!?]|\]\((?!https?:|mailto:)|!\[|^\s*\[[^\]]+\]:\s*(?!https?:)|::|(?:href|src)=/im;
const MOST_PASSES = 4;

/**
 * Markdown that Candor's check accepts and its reader sees as it was meant: see `editOf` for what is changed. Where HTML
 * is taken away, what it held becomes Markdown and is looked at in turn.
 */
export function cleanMarkdown(text: string, around: Surroundings): string {
  let cleaned = text;
  for (let pass = 0; pass < MOST_PASSES && SUSPECT.test(cleaned); pass += 1) {
    const before = cleaned;
    cleaned = cleanedOnce(before, around).trim();
    if (cleaned === before) break;
  }
  return cleaned;
}

function cleanedOnce(text: string, around: Surroundings): string {
  const edits: Edit[] = [];
  visit(parseMarkdown(text), (node) => {
    const from = node.position?.start.offset;
    const to = node.position?.end.offset;
    if (from === undefined || to === undefined) return;
    if (node.type === "paragraph") {
      for (const { at } of blockDirectives(node, text)) edits.push({ from: at, to: at, text: "\\" });
    }
    const replaced = editOf(node, text.slice(from, to), around);
    if (replaced !== undefined) edits.push({ from, to, text: replaced });
  });
  const isInside = (inner: Edit, outer: Edit) => inner !== outer && outer.from <= inner.from && outer.to >= inner.to;
  const outermost = edits.filter((edit) => !edits.some((other) => isInside(edit, other)));
  return outermost.reduceRight((done, edit) => done.slice(0, edit.from) + edit.text + done.slice(edit.to), text);
}

function editOf(node: Nodes, written: string, around: Surroundings): string | undefined {
  switch (node.type) {
    case "html":
      return cleanHtml(node, around);
    case "image":
      return cleanImage(node, written, around);
    case "link":
      return cleanLink(node, written, around);
    case "definition":
      return cleanDefinition(node, written, around);
    case "leafDirective":
      return `\\${written}`;
    default:
      return undefined;
  }
}

function cleanImage({ url, alt }: Image, written: string, around: Surroundings): string | undefined {
  return isElsewhere(url) ? undefined : placePicture(url, alt ?? "", around, written);
}

function cleanLink({ url }: Link, written: string, around: Surroundings): string | undefined {
  if (/^\/[^/]/.test(url) && !around.isFormer(url)) {
    around.note(
      `the link to ${url}`,
      "it leads to a page of the old site that is not carried; left as it was",
      written,
    );
  }
  if (isHome(url)) return undefined;
  const label = /^\[([\s\S]*)\]\(/.exec(written)?.[1];
  const whole = absolute(url, around);
  if (whole !== undefined) {
    around.note(`the link “${url}”`, `it was relative to the old page; now ${whole}`, written);
    return `[${label ?? url}](${whole})`;
  }
  const reason = isSafeAddress(url)
    ? "it was relative to the old page, whose address is not known"
    : "readers may not be sent there";
  around.note(`the link to ${url}`, `${reason}; its address was kept as text`, written);
  return label === undefined ? `\`${url}\`` : `${label} (\`${url}\`)`;
}

/** `[name]: address`; where the address leads nowhere, the line is shown as text. */
function cleanDefinition({ url }: Definition, written: string, around: Surroundings): string | undefined {
  if (isHome(url)) return undefined;
  const whole = absolute(url, around);
  around.note(`the link to ${url}`, whole ? `now ${whole}` : "it leads nowhere; shown as text", written);
  return whole === undefined ? `\\${written}` : written.replace(url, whole);
}
