import type { Element, Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { SKIP, visit } from "unist-util-visit";

/** Attributes that are read to, or shown to, a person; and those that hold words for scripts. */
const ATTRIBUTES = new Set(["alt", "ariaLabel", "ariaRoleDescription", "content", "label", "placeholder", "title"]);

/** Attributes of ours that hold no words. */
const NO_WORDS = /^data(?:After|Components?|Form|Late|Locale|Zone|At|Candor|Theme|Footnote\w*)$/;

const UNREAD = new Set(["script", "style"]);

/** Every text of some HTML that a person reads, hears or is shown by a script. */
export function spokenIn(html: string): string[] {
  const root: Root = fromHtml(html, { fragment: !/^<!doctype/i.test(html) });
  const found: string[] = [];
  visit(root, (node) => {
    if (node.type === "text") found.push(node.value);
    if (node.type !== "element") return;
    if (UNREAD.has(node.tagName)) return SKIP;
    found.push(...attributesOf(node));
    return;
  });
  return found.map((text) => text.trim()).filter(Boolean);
}

function attributesOf({ tagName, properties }: Element): string[] {
  if (tagName === "meta" && /viewport|robots|color-scheme/.test(String(properties["name"]))) return [];
  if (properties["httpEquiv"] !== undefined) return [];
  return Object.entries(properties).flatMap(([name, value]) =>
    ATTRIBUTES.has(name) || (name.startsWith("data") && !NO_WORDS.test(name)) ? [String(value)] : [],
  );
}

/** What is the same in every language: names of formats and zones, addresses, gaps that a script fills, and how Intl ends a list. */
const NAMES =
  /https?:\/\/\S*|\S+@\S+|\/[\w/.-]*[\w-]|\{\w+\}|\[!NOTE\]|, (?:and|or)(?= |$)|<id>|<slug>|\b(?:UTC|JST|GMT|Asia\/Tokyo|Atom|RSS|JSON(?: Feed)?|API|Slack)\b/g;

/** The words of a text that were not looked up: those in plain Latin letters. */
export function hardCodedIn(text: string): string[] {
  return text.replace(NAMES, " ").match(/[A-Za-z]{2,}/g) ?? [];
}
