import webPush from "web-push";
import { z } from "zod";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Message, Recipient, Rendering } from "#lib/model/delivery.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { Channel } from "./channel.ts";
import { maskHttpAddress, readHttpAddress } from "./http/address.ts";
import { answerOf } from "./http/answers.ts";
import type { HttpRequest, HttpSender } from "./http/sender.ts";
import { namedWording, type SubscriptionMessage } from "./letter-words.ts";
import { prepared } from "./prepared.ts";
import type { AddressRules, ReadAddress } from "./read-address.ts";
import { cut, sanitizeLine } from "./sanitize.ts";
import type { Transport } from "./transport.ts";
import type { Vapid } from "./vapid.ts";
import { inWords, plainOf, type Words } from "./words.ts";

/** How long a push service keeps what a browser has not fetched, in seconds: later it would be no news. */
const TTL = 86_400;

/** Browsers show a few lines; the whole has to stay below 4 KB, in whatever script it is written. */
const MOST_TITLE = 120;
const MOST_BODY = 400;

/** A browser's subscription, as `PushSubscription.toJSON()` gives it; what else it holds is left out. */
const subscription = z.object({
  endpoint: z.string(),
  keys: z.object({
    // An uncompressed point of P-256, and 16 random bytes.
    p256dh: z.string().regex(/^B[\w-]{86}=?$/),
    auth: z.string().regex(/^[\w-]{22}(?:==)?$/),
  }),
});
type Subscription = z.infer<typeof subscription>;

interface PushRendering {
  readonly topic: string;
  readonly urgency: "high" | "normal";
  readonly payload: { readonly title: string; readonly body: string; readonly url: string; readonly tag: string };
}

interface PushMessage {
  readonly topic: string;
  readonly urgency: "high" | "normal";
  /** What the site's service worker gets. */
  readonly payload: string;
}

/** An address is the JSON of a browser's subscription. */
export const webpush: Channel = {
  name: "webpush",
  readAddress,
  mask: (address) => maskHttpAddress((JSON.parse(address) as Subscription).endpoint),
  render,
  compose,
  letter: ({ address }, letter, site, id) => pushedLetter(address, letter, site, id),
  atOnce: 64,
  open: ({ sender, vapid, now }) => (vapid ? openWebPush(sender, vapid, now) : undefined),
};

function readAddress(text: string, rules: AddressRules): ReadAddress {
  const read = subscription.safeParse(jsonOf(text));
  if (!read.success) return { fault: "push" };
  const { endpoint, keys } = read.data;
  const address = readHttpAddress(endpoint, rules, () => true);
  if (!("value" in address)) return { fault: "push" };
  const bare = (key: string) => key.replace(/=+$/, "");
  return {
    value: JSON.stringify({ endpoint: address.value, keys: { p256dh: bare(keys.p256dh), auth: bare(keys.auth) } }),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return;
  }
}

function render(notice: Notice): Rendering {
  const words = inWords(notice);
  const { titled } = messagesIn(notice.site.locale).notice;
  const latest = words.updates.at(-1)?.body ?? (words.message || words.summary);
  const body: PushRendering = {
    // A newer message about the same event takes the place of one that the browser has not fetched yet.
    topic: notice.isWeekly ? "weekly" : notice.event.id,
    urgency: notice.kind === "incident_opened" || notice.kind === "correction" ? "high" : "normal",
    payload: {
      title: cut(titled({ kind: words.kicker, title: words.title }), MOST_TITLE),
      body: bodyOf(words, latest && sanitizeLine(plainOf(latest, notice))),
      url: words.link.url,
      tag: notice.isWeekly ? "weekly" : notice.event.id,
    },
  };
  return { channel: "webpush", body: JSON.stringify(body) };
}

/** What was said last, and behind it, cut off by no long text, what is to be expected. */
function bodyOf({ lead, expectations }: Words, said: string): string {
  if (said === "") return cut(sanitizeLine(lead), MOST_BODY);
  const next = sanitizeLine(expectations);
  return next === "" ? cut(said, MOST_BODY) : `${cut(said, MOST_BODY - next.length - 1)} ${next}`;
}

function compose(rendering: Rendering, { address, manageUrl }: Recipient, id: string): Message {
  const { payload, topic, urgency } = JSON.parse(rendering.body) as PushRendering;
  const body: PushMessage = {
    topic,
    urgency,
    payload: JSON.stringify({ ...payload, id, manage: manageUrl }),
  };
  return { channel: "webpush", id, to: address, body: JSON.stringify(body) };
}

/**
 * A letter to one browser. The first one confirms by itself, so there is nothing to press: its worker shows `confirmed`;
 * what it says otherwise is for when that failed.
 */
function pushedLetter(address: string, letter: SubscriptionMessage, to: Notice["site"], id: string): Message {
  const { action, paragraphs, site, subject } = namedWording(letter, to);
  const [first = ""] = paragraphs;
  const { push, titled } = messagesIn(to.locale).letter;
  const isFirst = letter.kind === "confirm";
  const confirmed = { title: push.confirmed({ site }), body: push.chosen };
  const payload = {
    title: titled({ site, subject }),
    body: isFirst ? push.press : push.told({ paragraph: first, action }),
    url: letter.url,
    ...(isFirst ? { confirmed } : {}),
  };
  const body: PushMessage = {
    topic: LETTER_TAG,
    urgency: "normal",
    payload: JSON.stringify({ ...payload, tag: LETTER_TAG, id }),
  };
  return { channel: "webpush", id, to: address, body: JSON.stringify(body) };
}

/** Only the last letter about a subscription matters. */
const LETTER_TAG = "subscription";

export function openWebPush(sender: HttpSender, vapid: Vapid, now: () => number): Transport {
  return {
    send: (message, ...signals) =>
      prepared(
        () => encrypted(message, vapid),
        async (request) =>
          answerOf(await sender.post(request, ...signals), (status) => status === 404 || status === 410, now()),
      ),
    // The sender is shared; whoever opened it closes it.
    close: () => Promise.resolve(),
  };
}

/** The payload, readable for the one browser alone. */
function encrypted(message: Message, vapid: Vapid): HttpRequest {
  const { payload, topic, urgency } = JSON.parse(message.body) as PushMessage;
  const to = JSON.parse(message.to) as Subscription;
  const request = webPush.generateRequestDetails(to, payload, { vapidDetails: { ...vapid }, TTL, topic, urgency });
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return { url: request.endpoint, headers, body: request.body as Buffer };
}
