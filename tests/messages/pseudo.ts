import type { Catalogue } from "#lib/messages/catalogue.ts";

const PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ACCENTED = "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž";

/**
 * A catalogue in a language that nobody speaks: the same texts in accented letters, in brackets, and a third longer, as
 * translations are. What is shown without accents was never looked up.
 */
export function pseudo(texts: Catalogue): Catalogue {
  return Object.fromEntries(
    Object.entries(texts).map(([name, each]) => [name, isText(each) ? [pseudoText(each[0]), each[1]] : pseudo(each)]),
  );
}

function isText(each: Catalogue[string]): each is readonly [string, string] {
  return Array.isArray(each);
}

/** A text in that language; its gaps and elements stay as they are. */
export function pseudoText(text: string): string {
  const padding = "ö".repeat(Math.ceil(text.replace(/\{\w+\}|<[^>]*>/g, "").length / 3));
  return `⟦${accented(text)}${padding}⟧`;
}

function accented(text: string): string {
  let made = "";
  for (let at = 0; at < text.length; ) {
    // What stands in a gap, between apostrophes or in an element's tag is no word, but for the forms of a plural.
    const kept = /^(?:'[{<][^']*'|<[^>]*>)/.exec(text.slice(at))?.[0] ?? gapAt(text, at);
    made += kept === "" ? letter(text.charAt(at)) : kept.replace(/\{[^{}]*\}(?=.)/g, accentedForm);
    at += Math.max(1, kept.length);
  }
  return made;
}

/** “{# event}” within a gap. A gap of its own within that is not looked for: no text has one. */
function accentedForm(form: string): string {
  return [...form].map(letter).join("");
}

function gapAt(text: string, start: number): string {
  if (text[start] !== "{") return "";
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === "{") depth += 1;
    if (text[at] === "}") depth -= 1;
    if (depth === 0) return text.slice(start, at + 1);
  }
  throw new Error(`A gap in “${text}” does not end.`);
}

function letter(plain: string): string {
  return ACCENTED[PLAIN.indexOf(plain)] ?? plain;
}
