import type { Definition, Html, Image, Link, Nodes } from "mdast";
import { visit } from "unist-util-visit";
import { parseMarkdown } from "#lib/markdown/parse.ts";
import { DANGEROUS_ELEMENTS, isSafeAddress } from "#lib/markdown/safe.ts";
import type { Note } from "../imported.ts";

/** Where a text stood, and what its relative addresses meant there. */
export interface Surroundings {
  /** The page's old address, for addresses relative to it; undefined when the site's is not known. */
  readonly address: string | undefined;
  /** Whether a path is the former address of an incident, which leads on for ever. */
  readonly isFormer: (path: string) => boolean;
  /** Puts the picture beside the incident and says under which name; undefined when it is not among the given files. */
  readonly picture: (address: string) => string | undefined;
  readonly note: Note;
  /** Line in the file for an offset in the text. */
  readonly lineAt: (offset: number) => number;
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A text without any of these needs no look at its syntax: no HTML, no relative address, no directive. */
const SUSPECT =
  /<(?!https?:|mailto:)[a-z/!?]|\]\((?!https?:|mailto:)|!\[|^\s*\[[^\]]+\]:\s*(?!https?:)|::[a-z]|<(?:ftp|irc|file|javascript|data):|\]\(<|(?:href|src)=/im;

/**
 * Markdown that Candor's check accepts and its reader sees as it was meant: see `editOf` for what is changed. Where HTML
 * is taken away, what it held becomes Markdown and is looked at in turn.
 */
export function cleanMarkdown(text: string, around: Surroundings): string {
  let cleaned = text;
  for (let pass = 0; pass < 4 && SUSPECT.test(cleaned); pass += 1) {
    const before = cleaned;
    cleaned = cleanedOnce(before, around);
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
    const replaced = editOf(node, text.slice(from, to), {
      ...around,
      lineAt: (offset) => around.lineAt(from + offset),
    });
    if (replaced !== undefined) edits.push({ from, to, text: replaced });
  });
  const outer = edits.filter(
    (edit) => !edits.some((other) => other !== edit && other.from <= edit.from && other.to >= edit.to),
  );
  return outer.reduceRight((done, edit) => done.slice(0, edit.from) + edit.text + done.slice(edit.to), text);
}

function editOf(node: Nodes, written: string, around: Surroundings): string | undefined {
  switch (node.type) {
    case "html":
      return cleanHtml(node, around);
    case "image":
      return cleanImage(node, around);
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

/** Elements that stay; of any other that HTML has, only the text stays. */
const KEPT = new Set(
  "a abbr b blockquote br caption cite code dd del details dfn dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q s samp small strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var".split(
    " ",
  ),
);
const OTHERS = new Set(
  "address article aside bdi bdo big center div dir figcaption figure font footer header hgroup img main nav section span time wbr".split(
    " ",
  ),
);
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9-]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>/g;

function cleanHtml(node: Html, around: Surroundings): string | undefined {
  if (/^<[?!]/.test(node.value)) return `\\${node.value}`;
  const cleaned = node.value.replace(
    TAG,
    (tag: string, closing: string, name: string, attributes: string, index: number) => {
      const element = name.toLowerCase();
      const note = (reason: string) => around.note(tag, reason, around.lineAt(index));
      if (element === "img") return pictureTag(attributes, around, around.lineAt(index));
      if (DANGEROUS_ELEMENTS.has(element)) {
        note(`<${element}> could run, load or capture something; left out`);
        const address = /\bsrc\s*=\s*["']?(https?:[^"'\s>]+)/i.exec(attributes)?.[1];
        return address === undefined || closing !== "" ? "" : `<${address}>`;
      }
      if (OTHERS.has(element)) {
        note(`<${element}> was left out; its text stays`);
        return "";
      }
      if (!KEPT.has(element)) {
        note("it is no element of HTML; shown as it was written");
        return tag === node.value ? `\\${tag}` : `&lt;${tag.slice(1)}`;
      }
      const safe = safeAttributes(attributes);
      if (safe !== attributes) note("an event handler, a style or an unsafe address was left out");
      return `<${closing}${name}${safe}>`;
    },
  );
  return cleaned === node.value ? undefined : cleaned;
}

function safeAttributes(attributes: string): string {
  return attributes.replace(
    /\s+([\w:-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g,
    (attribute: string, name: string, value = "") => {
      const bare = value.replace(/^["']|["']$/g, "");
      if (/^on/i.test(name) || name.toLowerCase() === "style") return "";
      return /^(?:href|src|cite)$/i.test(name) && !isSafeAddress(bare) ? "" : attribute;
    },
  );
}

function pictureTag(attributes: string, around: Surroundings, line: number): string {
  const value = (name: string) =>
    new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, "i")
      .exec(attributes)
      ?.slice(1)
      .find((part) => part !== undefined) ?? "";
  if (isElsewhere(value("src"))) return `![${value("alt")}](${value("src")})`;
  return place(value("src"), value("alt"), { ...around, lineAt: () => line });
}

function cleanImage(node: Image, around: Surroundings): string | undefined {
  return isElsewhere(node.url) ? undefined : place(node.url, node.alt ?? "", around);
}

/** The Markdown of a picture that is kept beside the incident, or what is left of it. */
function place(url: string, alt: string, around: Surroundings): string {
  if (url === "" || !isSafeAddress(url)) {
    around.note(`the image “${url}”`, "it has no address; left out", around.lineAt(0));
    return alt;
  }
  const name = around.picture(url);
  if (name !== undefined) return `![${alt}](${name})`;
  const whole = absolute(url, around);
  around.note(
    `the image “${url}”`,
    "it is not among the files that were given; readers see a link to where it was",
    around.lineAt(0),
  );
  return whole === undefined ? `${alt} (\`${url}\`)` : `![${alt}](${whole})`;
}

function cleanLink(node: Link, written: string, around: Surroundings): string | undefined {
  if (/^\/[^/]/.test(node.url) && !around.isFormer(node.url)) {
    around.note(
      `the link to ${node.url}`,
      "it leads to a page of the old site that is not carried; left as it was",
      around.lineAt(0),
    );
  }
  if (isHome(node.url)) return undefined;
  if (!isSafeAddress(node.url)) {
    around.note(
      `the link to ${node.url}`,
      "readers may not be sent there; its address was kept as text",
      around.lineAt(0),
    );
    const label = /^\[([\s\S]*)\]\(/.exec(written)?.[1];
    return label === undefined ? `\`${node.url}\`` : `${label} (\`${node.url}\`)`;
  }
  const whole = absolute(node.url, around);
  if (whole === undefined) {
    around.note(
      `the link “${node.url}”`,
      "it was relative to the old page, whose address is not known; kept as text",
      around.lineAt(0),
    );
    return `${/^\[([\s\S]*)\]\(/.exec(written)?.[1] ?? node.url} (\`${node.url}\`)`;
  }
  around.note(`the link “${node.url}”`, `it was relative to the old page; now ${whole}`, around.lineAt(0));
  const at = written.lastIndexOf(node.url);
  return at === -1
    ? `${/^\[([\s\S]*)\]\(/.exec(written)?.[0] ?? "["}${whole})`
    : written.slice(0, at) + whole + written.slice(at + node.url.length);
}

function isElsewhere(url: string): boolean {
  return /^(?:https?:)?\/\//i.test(url);
}

/** `[name]: address`; where the address leads nowhere, the line is shown as text. */
function cleanDefinition({ url }: Definition, written: string, around: Surroundings): string | undefined {
  if (isHome(url)) return undefined;
  const whole = isSafeAddress(url) ? absolute(url, around) : undefined;
  around.note(`the link “${url}”`, whole ?? "it leads nowhere; shown as text", around.lineAt(0));
  return whole === undefined ? `\\${written}` : written.replace(url, whole);
}

/** An address that works as it is: whole, on this site (former addresses lead on for ever), or on this page. */
function isHome(url: string): boolean {
  return url === "" || /^(?:https?:\/\/|mailto:|tel:|\/|#|\?)/i.test(url);
}

function absolute(url: string, { address }: Surroundings): string | undefined {
  if (/^www\./i.test(url)) return `https://${url}`;
  return address === undefined ? undefined : (URL.parse(url, address)?.href ?? undefined);
}
