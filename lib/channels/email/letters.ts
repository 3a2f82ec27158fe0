import type { Message } from "#lib/model/delivery.ts";
import type { Effect } from "#lib/model/incident.ts";
import type { Notice } from "#lib/model/notice.ts";
import { cut, inertLine } from "../inert.ts";
import { escapeHtml, layOut, type Mail, messageIdOf } from "./mail.ts";

/** What is written to one person about their subscription. It is no notice: it is neither sealed nor left with one click. */
export type Letter =
  /** The second half of a double opt-in. */
  | { readonly kind: "confirm"; readonly url: string; readonly validHours: number }
  /** Somebody signed up with an address that is subscribed already. */
  | { readonly kind: "known"; readonly url: string }
  /** A receiver failed so often that nothing is sent to it until its owner says so. */
  | { readonly kind: "quarantined"; readonly url: string; readonly receiver: string; readonly detail: string }
  /** A receiver said that it is no more. */
  | { readonly kind: "ended"; readonly url: string; readonly receiver: string };

interface Wording {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly action: string;
  readonly effect: Effect;
}

/** @param id as of any message: constant through all attempts */
export function letterTo(address: string, letter: Letter, site: Notice["site"], id: string): Message {
  const host = new URL(site.url).hostname;
  const name = cut(inertLine(site.name), 60);
  const { action, effect, paragraphs, subject } = wordingOf(letter, name);
  const why = `This was sent to ${address} by the status page of ${name}, ${site.url}.`;
  const html = layOut({
    language: "en",
    subject: `[${name}] ${subject}`,
    preview: paragraphs[0] ?? "",
    site: name,
    kicker: "Your subscription",
    title: subject,
    content: paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join(""),
    link: letter.url,
    action,
    effect,
  });
  const mail: Mail = {
    to: address,
    subject: `[${name}] ${subject}`,
    messageId: messageIdOf(id, host),
    references: [],
    ...(site.support.email === undefined ? {} : { replyTo: site.support.email }),
    language: "en",
    text: `${[subject, ...paragraphs, `${action}: ${letter.url}`].join("\n\n")}\n\n-- \n${why}\n`,
    html: html.join(escapeHtml(why)),
  };
  return { channel: "email", id, to: address, body: JSON.stringify(mail) };
}

function wordingOf(letter: Letter, site: string): Wording {
  switch (letter.kind) {
    case "confirm":
      return {
        subject: "Please confirm your subscription",
        paragraphs: [
          `Somebody, probably you, asked for news of the status of ${site} to be sent to this address.`,
          `Nothing is sent before you confirm. The link works for ${letter.validHours} hours.`,
          "If it was not you, do nothing, and you will hear nothing more.",
        ],
        action: "Confirm the subscription",
        effect: "operational",
      };
    case "known":
      return {
        subject: "You are already subscribed",
        paragraphs: [
          `Somebody, probably you, asked for news of the status of ${site} to be sent to this address. It is already subscribed, so nothing has changed.`,
          "You can see and change what you receive, or unsubscribe.",
        ],
        action: "Change what you receive",
        effect: "operational",
      };
    case "quarantined":
      return {
        subject: "Your webhook does not answer",
        paragraphs: [
          `Messages of ${site} to ${inertLine(letter.receiver)} have failed many times in a row. Nothing more is sent there until you say that it works again.`,
          `The last answer: ${cut(inertLine(letter.detail), 300)}`,
        ],
        action: "Look at the subscription",
        effect: "degraded_performance",
      };
    case "ended":
      return {
        subject: "Your webhook has been unsubscribed",
        paragraphs: [
          `${inertLine(letter.receiver)} answered that it is no more, so messages of ${site} are no longer sent there.`,
          "If that was a mistake, subscribe it again.",
        ],
        action: "Subscribe again",
        effect: "under_maintenance",
      };
  }
}
