import type { Vault } from "#lib/access/vault.ts";
import type { Message, Recipient } from "#lib/model/delivery.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { Database } from "#lib/store/dialect.ts";
import { readLedger } from "#lib/store/ledger.ts";
import { type SealedDelivery, sealedChannels, sealedDelivery } from "#lib/store/sealed-delivery.ts";
import { sealedText } from "#lib/store/told.ts";
import { messageHash, messageId } from "./attempt.ts";
import { recipientOf } from "./attempt-dependencies.ts";
import { channels } from "./channels/channels.ts";
import { proofParts, sha256 } from "./seal-check.ts";

/** What was sealed of a notice on one channel, as it can be shown today. */
export interface ShownSeal {
  readonly channel: ChannelName;
  /** The message; the recipient's own links and address are masked in it. */
  readonly message: ShownMessage;
  /** SHA-256 of the sealed text, in hexadecimal, and whether the ledger says the same of it. */
  readonly hash: string;
  readonly isAsSealed: boolean;
  /** Of one recipient's: what proves that it was sealed for this one, and whether it does. */
  readonly proof?: { readonly text: string; readonly isGood: boolean };
  /** Of one recipient's: when it was sent, and whether the message as it is made today is the very same, byte for byte. */
  readonly sent?: { readonly at: number; readonly hash: string; readonly isSame: boolean };
  /** What cannot be shown, or is not known, as sentences. */
  readonly notes: readonly string[];
}

/** Hash, proof and what was sent, as sentences that say whether they agree. */
export function factsOf({ hash, isAsSealed, notes, proof, sent }: ShownSeal): readonly string[] {
  const at = sent && new Date(sent.at).toISOString();
  return [
    `Sealed text, SHA-256 ${hash}: ${isAsSealed ? "it is what the ledger says" : "IT IS NOT WHAT THE LEDGER SAYS"}.`,
    ...(proof
      ? [`Proof ${proof.text}: ${proof.isGood ? "it was sealed for this recipient" : "IT DOES NOT AGREE"}.`]
      : []),
    ...(sent
      ? [`Sent ${at}, SHA-256 ${sent.hash}: ${sent.isSame ? "this very message" : "another than can be made today"}.`]
      : []),
    ...notes,
  ];
}

/** A message as a person reads it. */
export interface ShownMessage {
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
}

/** What stands where something was the recipient's own. */
const MASK = "[masked]";

/** Anybody's, for a text that is shown as what all its recipients have in common. */
const NOBODY = {
  subscription: MASK,
  address: MASK,
  manageUrl: MASK,
  leaveUrl: MASK,
  signingSecret: `whsec_${MASK}`,
};

/**
 * The words that were sealed of a notice on each channel, or as one subscriber got them.
 * @param siteUrls addresses that the site has or had, the likeliest first: the recipient's own links begin with one
 * @param subscribers the names in the ledger that the one who is asked for may have; all recipients without them
 * @returns nothing when there is no such notice, or it was not sealed for this one
 */
export async function shownSeals(
  { database, vault }: { readonly database: Database; readonly vault: Vault },
  notice: string,
  siteUrls: readonly string[],
  subscribers?: readonly string[],
): Promise<readonly ShownSeal[]> {
  const shown: ShownSeal[] = [];
  for (const channel of await sealedChannels(database, notice)) {
    if (!subscribers) {
      const { hash, isAsSealed, rendering } = await textOf(database, notice, channel);
      const message = channels[channel].compose(rendering, { channel, ...NOBODY }, "notice");
      const notes = ["What is each recipient's own, such as the links to leave by, is masked."];
      shown.push({ channel, message: readable(message), hash, isAsSealed, notes });
      continue;
    }
    for (const subscriber of subscribers) {
      const delivery = await sealedDelivery(database, notice, channel, subscriber);
      if (!delivery) continue;
      const text = await textOf(database, notice, channel, delivery.text);
      shown.push(await shownTo(database, vault, siteUrls, text, delivery));
    }
  }
  return shown;
}

interface Text {
  readonly rendering: { readonly channel: ChannelName; readonly body: string };
  readonly hash: string;
  readonly isAsSealed: boolean;
  readonly notice: string;
  readonly corrects: string | undefined;
}

async function textOf(database: Database, notice: string, channel: ChannelName, text?: string): Promise<Text> {
  const { rendering, corrects } = await sealedText(database, notice, channel, text);
  const hash = sha256(rendering.body);
  const isAsSealed = (await sealedHashes(database, notice, channel)).includes(hash);
  return { rendering, hash, isAsSealed, notice, corrects };
}

async function shownTo(
  database: Database,
  vault: Vault,
  siteUrls: readonly string[],
  { rendering, hash, isAsSealed, notice, corrects }: Text,
  delivery: SealedDelivery,
): Promise<ShownSeal> {
  const { channel } = rendering;
  const { address, proof, subscriber, subscription } = delivery;
  const id = messageId(notice, subscription);
  const isGood = vault.isProof(proof, ...proofParts({ notice, channel, subscription, subscriber }, hash));
  const told = delivery.carriedBy;
  const carried = told === undefined ? [] : [`It is told in the message of notice ${told}: show that one.`];
  const same = { channel, hash, isAsSealed, proof: { text: proof, isGood } };
  const sent = await lastSent(database, delivery.id, subscriber);
  const compose = (recipient: Recipient) => {
    const corrected =
      corrects === undefined ? {} : { corrected: messageId(delivery.answers ?? corrects, subscription) };
    return channels[channel].compose(rendering, { ...recipient, ...corrected }, id);
  };
  if (address === null) {
    const message = readable(compose({ channel, ...NOBODY }));
    const notes = [
      ...carried,
      "The subscriber was erased: the address, and the links that were its own, cannot be shown any more. The rest is what was sealed.",
      ...(sent ? ["Whether that was sent byte for byte can no longer be found out either."] : []),
    ];
    return { ...same, message, notes };
  }
  const made = siteUrls.map((url) => {
    const recipient = recipientOf(vault, url, { ...delivery, channel }, address);
    return { recipient, message: compose(recipient) };
  });
  const exact = made.find(({ message }) => messageHash(message) === sent?.hash) ?? made[0];
  if (!exact) throw new Error("There is no address of the site that the links could begin with.");
  const isSame = messageHash(exact.message) === sent?.hash;
  const why =
    "What was sent cannot be made again byte for byte: the secret that its links were made under, the site's address, or the program has changed since. The words are what was sealed.";
  return {
    ...same,
    message: masked(readable(exact.message), exact.recipient, vault.token(subscription)),
    ...(sent ? { sent: { ...sent, isSame } } : {}),
    notes: [...carried, ...(sent ? (isSame ? [] : [why]) : ["Nothing of it was sent so far."])],
  };
}

/** Each channel has its own form of a message. */
function readable({ channel, body }: Message): ShownMessage {
  const pretty = (json: string) => JSON.stringify(JSON.parse(json), null, 2);
  if (channel === "email") {
    const { subject, text, html } = JSON.parse(body) as { subject: string; text: string; html: string };
    return { subject, text, html };
  }
  // The first line is the secret that it is signed with.
  if (channel === "webhook") return { text: pretty(body.slice(body.indexOf("\n") + 1)) };
  if (channel === "webpush") return { text: pretty((JSON.parse(body) as { payload: string }).payload) };
  return { text: pretty(body) };
}

/** Takes out what would let a reader change the subscription, or reach its owner. */
function masked(message: ShownMessage, { address, channel }: Recipient, token: string): ShownMessage {
  const hide = (text: string) => text.replaceAll(token, MASK).replaceAll(address, channels[channel].mask(address));
  const { html, subject, text } = message;
  return {
    ...(subject === undefined ? {} : { subject }),
    text: hide(text),
    ...(html === undefined ? {} : { html: hide(html) }),
  };
}

/** What the ledger says was sealed: the text for everybody, and those that only some get. */
async function sealedHashes(database: Database, notice: string, channel: ChannelName): Promise<readonly unknown[]> {
  const hashes: unknown[] = [];
  for (const kind of ["sealed", "gathered"] as const) {
    for await (const entry of readLedger(database, { notices: [notice], kind })) {
      const { renderingHash, texts } = entry.data;
      if (entry.channel === channel) hashes.push(renderingHash, ...(Array.isArray(texts) ? texts : []));
    }
  }
  return hashes;
}

/** The last attempt of a delivery that made a message. */
async function lastSent(database: Database, delivery: number, subscriber: string) {
  let last: { readonly at: number; readonly hash: string } | undefined;
  for await (const entry of readLedger(database, { subscriber, kind: "attempted" })) {
    const hash = entry.data["messageHash"];
    if (entry.delivery === delivery && typeof hash === "string") last = { at: entry.at, hash };
  }
  return last;
}
