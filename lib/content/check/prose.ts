import type { Entry } from "#lib/model/incident.ts";
import type { Place } from "#lib/model/problem.ts";
import type { ParsedEntry } from "../parse/entry.ts";

/** The words of one text, for rules about language. */
export interface Prose {
  /** Which text: the report is the `body`, an update its index. */
  readonly of: "title" | "body" | number;
  /** As it is written. */
  readonly text: string;
  /** The text, with white space in place of code, addresses, HTML and comments: every letter keeps its offset. */
  readonly words: string;
  /** Where a letter stands in the file. */
  readonly placeAt: (offset: number) => Place;
}

/** More than this is no prose, and `heavy-text` speaks of it. */
const MOST = 100_000;

/** What is not said in words. Every part is bounded, so that no text takes long. */
const NO_WORDS = new RegExp(
  [
    String.raw`^ {0,3}(${"```"}|~~~)[\s\S]*?(?:^ {0,3}\1|$(?![\s\S]))`,
    "`[^`\\n]{1,500}`",
    String.raw`<!--[\s\S]{0,2000}?-->`,
    String.raw`</?[a-z][^<>\n]{0,300}>`,
    String.raw`\]\([^()\n]{0,1000}\)`,
    String.raw`^ {0,3}\[[^\]\n]{1,200}\]:.*`,
    String.raw`\b(?:https?://|www\.)\S+`,
    String.raw`[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}`,
  ].join("|"),
  "gim",
);

/** The words of an entry's title, updates and report. */
export function proseOf(entry: Entry, parsed: ParsedEntry): Prose[] {
  const texts: [Prose["of"], string][] = [
    ["title", entry.title],
    ...entry.updates.map(({ body }, index): [number, string] => [index, body]),
    ["body", entry.body],
  ];
  if (texts.reduce((sum, [, text]) => sum + text.length, 0) > MOST) return [];
  return texts
    .filter(([, text]) => text !== "")
    .map(([of, text]) => ({ of, text, words: wordsOf(text), placeAt: placesOf(of, parsed) }));
}

/** Prose without what is not said in words. */
function wordsOf(text: string): string {
  return /[`@]|~~~|<[a-z/!]|\]\(|\]:|:\/\/|www\./i.test(text)
    ? text.replace(NO_WORDS, (part) => part.replace(/[^\n]/g, " "))
    : text;
}

/** Places are asked for seldom, and finding the way to them costs more than a rule does. */
function placesOf(of: Prose["of"], parsed: ParsedEntry): Prose["placeAt"] {
  let places: Prose["placeAt"] | undefined;
  return (offset) => {
    places ??= parsed.placesInText(of);
    return places(offset);
  };
}

/** Whether customers read it while the incident lasts. */
export function isForCustomers({ of }: Prose): boolean {
  return of !== "body";
}

/**
 * Where some words stand in some texts.
 * @param pattern is global
 * @param hint something simple without which `pattern` matches nothing: most texts are done with sooner
 */
export function* said(
  prose: readonly Prose[],
  pattern: RegExp,
  hint?: RegExp,
): Generator<{ readonly words: string; readonly match: RegExpExecArray; readonly place: Place }> {
  for (const { words, placeAt } of prose) {
    if (hint && !hint.test(words)) continue;
    for (const match of words.matchAll(pattern)) yield { words, match, place: placeAt(match.index) };
  }
}

/** The report, if there is one. */
export function reportIn(prose: readonly Prose[]): Prose | undefined {
  return prose.find(({ of }) => of === "body");
}

/** A heading of the report, as `## Summary`. */
export interface Heading {
  readonly level: number;
  readonly name: string;
  /** Where it begins, and where the text below it does. */
  readonly from: number;
  readonly to: number;
}

/** The headings of a text. Underlined ones are left alone: nobody writes them by accident. */
export function headingsIn({ text, words }: Prose): Heading[] {
  return [...words.matchAll(/^ {0,3}(#{1,6})(?=[ \t])[^\n]*$/gm)].map(({ 0: line, 1: marks = "", index }) => ({
    level: marks.length,
    name: withoutClosing(text.slice(index + line.indexOf("#") + marks.length, index + line.length)),
    from: index,
    to: index + line.length,
  }));
}

/** A heading's words without the marks that may close it. */
function withoutClosing(words: string): string {
  const trimmed = words.trim();
  let end = trimmed.length;
  while (end > 0 && trimmed[end - 1] === "#") end -= 1;
  return trimmed.slice(0, end).trim();
}
