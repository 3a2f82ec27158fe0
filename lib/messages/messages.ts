/**
 * Every word a person reads, by language. Catalogues (`en.ts`) come in, and out go texts and functions of what fills their
 * gaps. Of lib it imports model alone. A further language is a catalogue beside `en.ts` and a line in `CATALOGUES`.
 */
import { type MessagesOf, messagesOf } from "./catalogue.ts";
import { EN } from "./en.ts";

/** Everything there is to say, in one language. */
export type Messages = MessagesOf<typeof EN>;

const CATALOGUES = { en: EN };

/** The language of a site for whose own there is no catalogue. */
const USUAL = "en";

/** A locale as it is asked for again and again, on every line of a page. */
interface Known {
  /** Absent where the locale has no catalogue of its own. */
  readonly language: keyof typeof CATALOGUES | undefined;
  readonly messages: Messages;
}

const known = new Map<string, Known>();
const ready = new Map<string, Messages>();

/** @param locale of the site, as a BCP 47 tag: it decides the form of dates and numbers too, for which every language has one */
export function messagesIn(locale: string): Messages {
  return knownOf(locale).messages;
}

/** The language that the words of a site are really in, for `lang`: as exact as its locale says, where there is a catalogue for that. */
export function languageIn(locale: string): string {
  return knownOf(locale).language === undefined ? USUAL : locale;
}

/** The language of what a site's authors write, for `lang`; absent where it is that of the words around it. */
export function languageOfContent(locale: string): string | undefined {
  return knownOf(locale).language === undefined ? locale : undefined;
}

function knownOf(locale: string): Known {
  const found = known.get(locale);
  if (found) return found;
  const { language: own } = new Intl.Locale(locale);
  const language = Object.hasOwn(CATALOGUES, own) ? (own as keyof typeof CATALOGUES) : undefined;
  const made = { language, messages: catalogueIn(language ?? USUAL) };
  known.set(locale, made);
  return made;
}

function catalogueIn(language: keyof typeof CATALOGUES): Messages {
  const messages = ready.get(language) ?? messagesOf(CATALOGUES[language], language);
  ready.set(language, messages);
  return messages;
}
