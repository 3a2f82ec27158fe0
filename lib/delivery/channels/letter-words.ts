import type { Effect } from "#lib/model/incident.ts";
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
export interface LetterWords {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly action: string;
  readonly effect: Effect;
}

/** @param site its name */
export function wordingOf(letter: SubscriptionMessage, site: string): LetterWords {
  switch (letter.kind) {
    case "confirm":
      return {
        subject: "Please confirm your subscription",
        paragraphs: [
          `Somebody, probably you, asked for news of the status of ${site} to be sent here.`,
          `Nothing is sent before you confirm. The link is valid for ${validFor(letter.validHours)}.`,
          "If it was not you, do nothing, and you will hear nothing more.",
        ],
        action: "Confirm the subscription",
        effect: "operational",
      };
    case "known":
      return {
        subject: "You are already subscribed",
        paragraphs: [
          `Somebody, probably you, asked for news of the status of ${site} to be sent here. It is sent here already, so nothing has changed.`,
          "You can see and change what you receive, or unsubscribe.",
        ],
        action: "Change what you receive",
        effect: "operational",
      };
    case "quarantined":
      return {
        subject: "Your webhook does not answer",
        paragraphs: [
          `Messages of ${site} to ${sanitizeLine(letter.receiver)} have failed many times in a row. Nothing more is sent there until you say that it works again.`,
          `The last answer: ${cut(sanitizeLine(letter.detail), 300)}`,
        ],
        action: "Look at the subscription",
        effect: "degraded_performance",
      };
    case "test":
      return {
        subject: "This is a test",
        paragraphs: [
          `Nothing has happened. ${site} has sent this to see whether its messages arrive here.`,
          "You need not do anything.",
        ],
        action: "Change what you receive",
        effect: "operational",
      };
    case "ended":
      return {
        subject: "Your webhook has been unsubscribed",
        paragraphs: [
          `${sanitizeLine(letter.receiver)} answered that it is no more, so messages of ${site} are no longer sent there.`,
          "If that was a mistake, subscribe it again.",
        ],
        action: "Subscribe again",
        effect: "under_maintenance",
      };
  }
}

/** “7 days”, or hours where they are no whole days. */
function validFor(hours: number): string {
  const [count, unit] = hours % 24 === 0 ? [hours / 24, "day"] : [hours, "hour"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
