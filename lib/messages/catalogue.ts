import type { GetICUArgs } from "@schummar/icu-type-parser";
import { IntlMessageFormat } from "intl-messageformat";

/** Every text that people read, in one language: under each name the text, in ICU's syntax, and a note for whoever translates it. */
export interface Catalogue {
  readonly [name: string]: Catalogue | readonly [text: string, note: string];
}

/** The names of the elements in a text: `<link>history</link>`. */
type Elements<Text> = Text extends `${string}</${infer Name}>${infer Rest}` ? Name | Elements<Rest> : never;

/** What fills a text's gaps, by name; where elements of a page may stand, `Node` is their type. */
type Values<Text extends string, Node> = GetICUArgs<
  Text,
  { ICUArgument: string | number | Node; ICUNumberArgument: number }
> & { readonly [name in Elements<Text>]: (inner: readonly string[]) => Node };

/** A text with gaps. Filled with elements of a page, it is the pieces to put into the page in their order. */
export interface Message<Text extends string> {
  (values: Values<Text, never>): string;
  <Node>(values: Values<Text, Node>): Pieces<Node>;
}

export type Pieces<Node> = string | Node | (string | Node)[];

/** A catalogue ready for use: a text without gaps is itself, another is a function of what fills them. */
export type MessagesOf<Texts> = {
  readonly [name in keyof Texts]: Texts[name] extends readonly [infer Text extends string, string]
    ? keyof Values<Text, never> extends never
      ? string
      : Message<Text>
    : MessagesOf<Texts[name]>;
};

/**
 * Parses every text once. It is costly beside the use of what comes out.
 * @param language BCP 47 tag; it decides which forms of the plural there are
 * @throws SyntaxError when a text is not in ICU's syntax
 */
export function messagesOf<const Texts extends Catalogue>(texts: Texts, language: string): MessagesOf<Texts> {
  const ready = Object.entries(texts).map(([name, each]) => [
    name,
    isText(each) ? messageOf(each[0], language) : messagesOf(each, language),
  ]);
  return Object.fromEntries(ready) as MessagesOf<Texts>;
}

function isText(each: Catalogue[string]): each is readonly [string, string] {
  return Array.isArray(each);
}

function messageOf(text: string, language: string): unknown {
  if (!/[{<]/.test(text)) return text;
  const message = new IntlMessageFormat(text, language);
  // What stands between apostrophes is no gap.
  const hasGaps = message.getAst().some((part) => part.type !== LITERAL);
  return hasGaps ? message.format : message.format();
}

/** How the library marks a piece of a text that is neither a gap nor an element. */
const LITERAL = 0;
