import { createHmac } from "node:crypto";
import type { Message, Recipient, Rendering } from "#lib/model/delivery.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { Channel } from "../channel.ts";
import { maskHttpAddress, readHttpAddress } from "../http/address.ts";
import { answerOf } from "../http/answers.ts";
import type { HttpRequest, HttpSender } from "../http/sender.ts";
import { namedWording } from "../letter-words.ts";
import { parsed } from "../parsed.ts";
import { prepared } from "../prepared.ts";
import type { AddressRules, ReadAddress } from "../read-address.ts";
import type { Transport } from "../transport.ts";
import { standardPayload } from "./standard.ts";
import { statuspagePayload } from "./statuspage.ts";

/** What is kept behind the address of a receiver that wants Statuspage's form. */
const STATUSPAGE = " statuspage";

/** What all receivers of a notice have in common: both payloads, without the recipient's own address to leave by. */
interface WebhookRendering {
  readonly standard: { readonly data: object };
  readonly statuspage: { readonly meta: object };
}

/** An address is `https://…`, or `https://… statuspage` for a receiver that wants that form. */
export const webhook: Channel = {
  name: "webhook",
  readAddress,
  mask: (address) => maskHttpAddress(address.split(" ")[0] ?? ""),
  render,
  compose,
  letter: (to, letter, site, id) => {
    const { paragraphs, site: name } = namedWording(letter, site);
    return addressed(to, id, {
      type: `subscription.${letter.kind}`,
      data: { version: 1, site: { name, url: site.url }, message: paragraphs.join(" "), url: letter.url },
    });
  },
  atOnce: 256,
  open: ({ sender, now }) => openWebhook(sender, now),
};

function readAddress(text: string, rules: AddressRules): ReadAddress {
  const isStatuspage = /\sstatuspage\s*$/i.test(text);
  const read = readHttpAddress(isStatuspage ? text.replace(/\sstatuspage\s*$/i, "") : text, rules, () => true);
  return "value" in read && isStatuspage ? { value: read.value + STATUSPAGE } : read;
}

function render(notice: Notice): Rendering {
  const body = { standard: standardPayload(notice), statuspage: statuspagePayload(notice) };
  return { channel: "webhook", body: JSON.stringify(body) };
}

function compose(rendering: Rendering, recipient: Recipient, id: string): Message {
  const { address, leaveUrl } = recipient;
  const { standard, statuspage } = parsed<WebhookRendering>(rendering);
  const payload = address.endsWith(STATUSPAGE)
    ? { ...statuspage, meta: { unsubscribe: leaveUrl, ...statuspage.meta } }
    : { ...standard, data: { ...standard.data, unsubscribe_url: leaveUrl } };
  return addressed(recipient, id, payload);
}

/**
 * A payload on its way to a receiver. Its body has the secret on the first line and the payload on the second: it is
 * signed on the way out, as the signature covers the time of the attempt.
 */
function addressed(
  { address, signingSecret }: Pick<Recipient, "address" | "signingSecret">,
  id: string,
  payload: object,
): Message {
  if (signingSecret === undefined) throw new TypeError("A webhook needs a secret to be signed with.");
  return { channel: "webhook", id, to: address, body: `${signingSecret}\n${JSON.stringify(payload)}` };
}

/** Sends webhooks, signed as https://www.standardwebhooks.com has it. */
export function openWebhook(sender: HttpSender, now: () => number): Transport {
  return {
    send: (message, ...signals) =>
      prepared(
        () => signed(message, new Date(now())),
        async (request) => answerOf(await sender.post(request, ...signals), (status) => status === 410, now()),
      ),
    // The sender is shared; whoever opened it closes it.
    close: () => Promise.resolve(),
  };
}

function signed({ body, id, to }: Message, at: Date): HttpRequest {
  const [secret = "", payload = ""] = body.split("\n", 2);
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const headers = {
    "content-type": "application/json",
    "user-agent": "Candor (webhook)",
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatureOf(secret, `${id}.${timestamp}.${payload}`),
  };
  return { url: to.replace(STATUSPAGE, ""), headers, body: payload };
}

/**
 * HMAC-SHA256 under the bytes that follow `whsec_` in base64 (Standard Webhooks, “Signature scheme”). The library of that
 * name, which the tests hold this against, hashes in JavaScript: that took a twelfth of the time of every delivery.
 */
function signatureOf(secret: string, content: string): string {
  const key = secret.replace(/^whsec_/, "");
  if (key === "") throw new TypeError("The secret to sign with is empty.");
  // A key as a string: Node takes four times as long to look at one of bytes.
  return `v1,${createHmac("sha256", key, { encoding: "base64" }).update(content).digest("base64")}`;
}
