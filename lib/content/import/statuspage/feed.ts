import type { Element as HtmlElement, Nodes as HtmlNode } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toHtml } from "hast-util-to-html";
import { toString as textIn } from "hast-util-to-string";
import { fromXml } from "xast-util-from-xml";
import { fromPlain, isMapping, type Mapping } from "../front/value.ts";
import type { Note } from "../imported.ts";
import { readFeedTime } from "./feed-time.ts";

type Root = ReturnType<typeof fromXml>;
type Element = Extract<Root["children"][number], { type: "element" }>;

/** What a history feed tells of a page and its incidents, in the shape of the API's answers. */
export interface Feed {
  readonly page: Mapping;
  readonly incidents: readonly Mapping[];
}

/** Reads `history.atom` or `history.rss`: the last resort, for it knows no impact, no component and no seconds. */
export function readFeed(text: string, note: Note): Feed {
  const root = parse(text, note);
  const top = root && all(root, /^(?:feed|channel)$/)[0];
  if (!top) return { page: {}, incidents: [] };
  const link = all(top, /^link$/).find((each) => each.attributes["rel"] !== "self");
  const url = (link?.attributes["href"] ?? (link && wordsIn(link)) ?? "").replace(/\/+$/, "");
  const name = (childText(top, "author") || childText(top, "title")).replace(
    /\s*(?:Status)?\s*-\s*Incident History$/,
    "",
  );
  const page = mapped({ name, url });
  return { page, incidents: all(top, /^(?:entry|item)$/).map((entry) => incidentOf(entry, note)) };
}

function parse(text: string, note: Note): Root | undefined {
  try {
    return fromXml(text);
  } catch (fault) {
    note(
      "the feed",
      `it is not valid XML (${fault instanceof Error ? fault.message.split("\n")[0] : ""}); left behind`,
    );
    return undefined;
  }
}

function incidentOf(entry: Element, note: Note): Mapping {
  const link = all(entry, /^link$/)[0];
  const address = link?.attributes["href"] ?? (link ? wordsIn(link) : childText(entry, "guid"));
  const published = childText(entry, "published") || childText(entry, "pubDate") || childText(entry, "updated");
  const at = Date.parse(published);
  const title = childText(entry, "title");
  const html = childText(entry, "content") || childText(entry, "description") || childText(entry, "summary");
  const { updates, window } = updatesIn(html, Number.isNaN(at) ? undefined : at);
  if (updates.length === 0) note(`“${title}”`, "no update could be told apart in the feed; its text became one");
  const told = updates.length > 0 ? updates : [{ status: "update", body: html, display_at: isoOf(at) }];
  return mapped({
    id: /\/incidents\/([\w-]+)\/?$/.exec(address ?? "")?.[1],
    name: title,
    status: told[0]?.status,
    updated_at: childText(entry, "updated") || isoOf(at),
    incident_updates: told,
    ...(window ? { scheduled_for: window.from, scheduled_until: window.to } : {}),
  });
}

interface FeedUpdate {
  readonly status: string;
  readonly body: string;
  readonly display_at: string | undefined;
}

const SCHEDULED = /THIS IS A SCHEDULED EVENT\s+(.+?)\s+-\s+(.+)$/;

/** `<p><small>Aug 21, 00:37 UTC</small><br><strong>Resolved</strong> - text</p>`, newest first. */
function updatesIn(html: string, near: number | undefined) {
  const updates: FeedUpdate[] = [];
  let window: { from: string | undefined; to: string | undefined } | undefined;
  for (const node of fromHtml(html, { fragment: true }).children) {
    const planned = SCHEDULED.exec(textIn(node).replace(/\s+/g, " ").trim());
    const small = isElement(node) ? node.children.findIndex((child) => isElement(child, "small")) : -1;
    if (planned && small === -1) {
      const from = readFeedTime(planned[1] ?? "", near, planned[2]);
      window = { from, to: readFeedTime(planned[2] ?? "", near, planned[2], planned[1]) };
    } else if (isElement(node) && small !== -1) {
      updates.push(updateOf(node, small, near));
    } else if (updates.length > 0 && (isElement(node) || textIn(node).trim() !== "")) {
      const last = updates.pop() as FeedUpdate;
      updates.push({ ...last, body: `${last.body}${toHtml(node)}` });
    }
  }
  return { updates, window };
}

function updateOf(paragraph: HtmlElement, small: number, near: number | undefined): FeedUpdate {
  const strong = paragraph.children.findIndex((child, index) => index > small && isElement(child, "strong"));
  const time = textIn(paragraph.children[small] as HtmlElement)
    .replace(/\s+/g, " ")
    .trim();
  const label = strong === -1 ? "update" : textIn(paragraph.children[strong] as HtmlElement);
  const rest = paragraph.children.slice((strong === -1 ? small : strong) + 1);
  return {
    status: label.trim().toLowerCase().replace(/\s+/g, "_"),
    body: toHtml(rest)
      .replace(/^(?:\s|<br>)*(?:-\s*)?/, "")
      .trim(),
    display_at: readFeedTime(time, near),
  };
}

function isElement(node: HtmlNode | undefined, name?: string): node is HtmlElement {
  return node?.type === "element" && (name === undefined || node.tagName === name);
}

/** The elements of that name, however deep, in order. */
function all(node: Root | Element, name: RegExp): Element[] {
  return node.children.flatMap((child) =>
    child.type !== "element" ? [] : name.test(child.name) ? [child] : all(child, name),
  );
}

function childText(node: Element, name: string): string {
  const child = node.children.find((each) => each.type === "element" && each.name === name);
  return child?.type === "element" ? wordsIn(child) : "";
}

function wordsIn(node: Element): string {
  return node.children
    .map((child) =>
      child.type === "text" || child.type === "cdata" ? child.value : child.type === "element" ? wordsIn(child) : "",
    )
    .join("")
    .trim();
}

function isoOf(at: number): string {
  return Number.isNaN(at) ? "" : new Date(at).toISOString();
}

function mapped(value: Record<string, unknown>): Mapping {
  const made = fromPlain(value);
  return isMapping(made) ? made : {};
}
