import { type Messages, messagesIn } from "#lib/messages/messages.ts";
import type { Effect } from "#lib/model/incident.ts";
import type { Notice } from "#lib/model/notice.ts";
import { cut, sanitizeLine } from "./sanitize.ts";

/** What is written to one person about their subscription. It is no notice: it is neither sealed nor left with one click. */
export type SubscriptionMessage =
  /** The second half of a double opt-in. */
  | { readonly kind: "confirm"; readonly url: string; readonly validHours: number }
  /** Somebody signed up with an address that is subscribed already. */
  | { readonly kind: "known"; readonly url: string }
  /** A receiver failed so often that nothing is sent to it until its owner says so. */
  | { readonly kind: "quarantined"; readonly url: string; readonly receiver: string; readonly detail: string }
  /** A receiver said that it is no more. */
  | { readonly kind: "ended"; readonly url: string; readonly receiver: string; readonly detail: string }
  /** An operator wants to know whether messages arrive. */
  | { readonly kind: "test"; readonly url: string };

/** What a letter says, for no channel in particular. */
interface LetterWords {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly action: string;
  readonly effect: Effect;
}

/** @param site its name, fit for a message */
function wordingOf(letter: SubscriptionMessage, site: string, locale: string): LetterWords {
  const { footer, letter: words } = messagesIn(locale);
  switch (letter.kind) {
    case "confirm": {
      const { action, otherwise, subject } = words.confirm;
      const paragraphs = [words.asked({ site }), validFor(letter.validHours, words.confirm), otherwise];
      return { subject, paragraphs, action, effect: "operational" };
    }
    case "known": {
      const { asked, options, subject } = words.known;
      return { subject, paragraphs: [asked({ site }), options], action: footer.change, effect: "operational" };
    }
    case "quarantined": {
      const { action, answer, failed, subject } = words.quarantined;
      const paragraphs = [
        failed({ site, receiver: sanitizeLine(letter.receiver) }),
        answer({ answer: cut(sanitizeLine(letter.detail), 300) }),
      ];
      return { subject, paragraphs, action, effect: "degraded_performance" };
    }
    case "test": {
      const { ignore, nothing, subject } = words.test;
      return { subject, paragraphs: [nothing({ site }), ignore], action: footer.change, effect: "operational" };
    }
    case "ended": {
      const { action, again, gone, subject } = words.ended;
      const paragraphs = [gone({ site, receiver: sanitizeLine(letter.receiver) }), again];
      return { subject, paragraphs, action, effect: "under_maintenance" };
    }
  }
}

/** The same with the site's name as it may stand in a message. */
export function namedWording(
  letter: SubscriptionMessage,
  { name, locale }: Notice["site"],
): LetterWords & { readonly site: string } {
  const site = cut(sanitizeLine(name), MOST_NAME);
  return { site, ...wordingOf(letter, site, locale) };
}

const MOST_NAME = 60;

/** For “7 days”, or for hours where they are no whole days. */
function validFor(hours: number, { valid, validHours }: Messages["letter"]["confirm"]): string {
  return hours % 24 === 0 ? valid({ days: hours / 24 }) : validHours({ hours });
}
