import { type Messages, messagesIn } from "#lib/messages/messages.ts";
import type { Message, Recipient, Rendering } from "#lib/model/delivery.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { Channel } from "../channel.ts";
import { maskHttpAddress, readHttpAddress } from "../http/address.ts";
import { answerOf } from "../http/answers.ts";
import type { HttpSender } from "../http/sender.ts";
import { namedWording, type SubscriptionMessage } from "../letter-words.ts";
import { prepared } from "../prepared.ts";
import type { Transport } from "../transport.ts";

/** A chat that takes messages at an address of its own: an “incoming webhook”. */
interface Chat<Payload> {
  readonly name: ChannelName;
  /** Whether addresses of this chat can be on a host. */
  readonly isHost: (host: string) => boolean;
  readonly render: (notice: Notice) => Payload;
  /** The payload with the recipient's own links in it. */
  readonly address: (
    payload: Payload,
    recipient: Pick<Recipient, "leaveUrl" | "manageUrl">,
    words: Messages["footer"],
  ) => Payload;
  /** What it says to one person about their subscription. */
  readonly letter: (words: ChatLetter) => object;
}

/** A letter, in pieces: how they are put together and marked is the chat's own. */
export interface ChatLetter {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** What its button says, and where it leads. */
  readonly action: string;
  readonly url: string;
  /** All of it as plain text, in which nothing is a mark, a link or a mention. */
  readonly plain: string;
}

/** How many messages one worker posts at a time: chats allow about one a second to a channel. */
const AT_ONCE = 16;

export function incoming<Payload>({ address, isHost, letter, name, render }: Chat<Payload>): Channel {
  return {
    name,
    readAddress: (text, rules) => readHttpAddress(text, rules, isHost),
    mask: maskHttpAddress,
    render: (notice) => ({ channel: name, body: JSON.stringify(render(notice)) }),
    compose: (rendering: Rendering, recipient: Recipient, id: string): Message => {
      // What is kept of a chat's message does not say its language: until another is there, it is English.
      const { footer } = messagesIn("en");
      const payload = JSON.stringify(address(JSON.parse(rendering.body) as Payload, recipient, footer));
      return { channel: name, id, to: recipient.address, body: JSON.stringify({ payload }) };
    },
    letter: (to, about, site, id) => {
      const payload = JSON.stringify(letter(chatLetter(about, site)));
      return { channel: name, id, to: to.address, body: JSON.stringify({ payload }) };
    },
    atOnce: AT_ONCE,
    open: ({ sender, now }) => openIncoming(sender, now),
  };
}

function chatLetter(letter: SubscriptionMessage, to: Notice["site"]): ChatLetter {
  const { action, paragraphs, site, subject } = namedWording(letter, to);
  const { act, titled } = messagesIn(to.locale).letter;
  // A site's name is plain text, also where a chat takes some letters for marks, links or mentions.
  const marks = /[<>&*_~`|\\[\]@#]/g;
  const lines = [titled({ site, subject }), ...paragraphs].map((line) => line.replace(marks, " "));
  const { url } = letter;
  return { subject, paragraphs, action, url, plain: [...lines, act({ action, url })].join("\n") };
}

/** Chats say 404 or 410 of an address that was removed on their side. */
const isGone = (status: number) => status === 404 || status === 410;

export function openIncoming(sender: HttpSender, now: () => number): Transport {
  return {
    send: (message, ...signals) =>
      prepared(
        () => JSON.parse(message.body) as { readonly payload: string },
        async ({ payload }) => {
          const headers = { "content-type": "application/json", "user-agent": "Candor" };
          return answerOf(await sender.post({ url: message.to, headers, body: payload }, ...signals), isGone, now());
        },
      ),
    // The sender is shared; whoever opened it closes it.
    close: () => Promise.resolve(),
  };
}
