import { messagesIn } from "#lib/messages/messages.ts";
import type { Message, Recipient } from "#lib/model/delivery.ts";
import type { Notice } from "#lib/model/notice.ts";
import { letterTo } from "./email/letters.ts";
import { type LetterWords, type SubscriptionMessage, wordingOf } from "./letter-words.ts";
import { cut, sanitizeLine } from "./sanitize.ts";
import { addressed } from "./webhook/webhook.ts";
import { pushedLetter } from "./webpush.ts";

type To = Pick<Recipient, "channel" | "address" | "signingSecret">;

/** A letter as a message of the channel on which its subscription is. */
export function letterOn(to: To, letter: SubscriptionMessage, site: Notice["site"], id: string): Message {
  const { address, channel } = to;
  const name = cut(sanitizeLine(site.name), 60);
  const words = wordingOf(letter, name, site.locale);
  switch (channel) {
    case "email":
      return letterTo(address, letter, site, id);
    case "slack":
      return posted(to, id, { text: plain(words, name, letter.url, site.locale) });
    case "discord":
      return posted(to, id, { content: plain(words, name, letter.url, site.locale), allowed_mentions: { parse: [] } });
    case "teams":
      return posted(to, id, card(words, letter.url));
    case "webhook":
      return addressed(to, id, {
        type: `subscription.${letter.kind}`,
        data: { version: 1, site: { name, url: site.url }, message: words.paragraphs.join(" "), url: letter.url },
      });
    case "webpush":
      return pushedLetter(address, id, pushed(words, letter, name, site.locale));
  }
}

/** The first one confirms by itself, so there is nothing to press; what it says otherwise is for when that failed. */
function pushed(
  { action, paragraphs: [first = ""], subject }: LetterWords,
  letter: SubscriptionMessage,
  site: string,
  locale: string,
) {
  const { push, titled } = messagesIn(locale).letter;
  const isFirst = letter.kind === "confirm";
  const body = isFirst ? push.press : push.told({ paragraph: first, action });
  const confirmed = { title: push.confirmed({ site }), body: push.chosen };
  return { title: titled({ site, subject }), body, url: letter.url, ...(isFirst ? { confirmed } : {}) };
}

function posted({ address, channel }: To, id: string, payload: object): Message {
  return { channel, id, to: address, body: JSON.stringify({ payload: JSON.stringify(payload) }) };
}

/** A site's name is plain text, also where a chat takes some letters for marks, links or mentions. */
function plain({ action, paragraphs, subject }: LetterWords, site: string, url: string, locale: string): string {
  const { act, titled } = messagesIn(locale).letter;
  const marks = /[<>&*_~`|\\[\]@#]/g;
  const lines = [titled({ site, subject }), ...paragraphs].map((line) => line.replace(marks, " "));
  return [...lines, act({ action, url })].join("\n");
}

function card({ action, paragraphs, subject }: LetterWords, url: string): object {
  const run = (text: string, style: object = {}) => ({
    type: "RichTextBlock",
    inlines: [{ type: "TextRun", text, ...style }],
  });
  const content = {
    type: "AdaptiveCard",
    version: "1.4",
    body: [run(subject, { size: "Large", weight: "Bolder" }), ...paragraphs.map((each) => run(each))],
    actions: [{ type: "Action.OpenUrl", title: action, url }],
  };
  return { type: "message", attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content }] };
}
