import { hash } from "node:crypto";
import type { Claimed, Message, Recipient, SealedText } from "#lib/model/delivery.ts";

/** What the guard needs of the vault. */
export interface Proofs {
  isProof(proof: string, ...parts: readonly string[]): boolean;
  pseudonym(channel: string, address: string): string;
  token(subscription: string): string;
}

/** What a proof is made over, in this order, when a notice is sealed. */
export function proofParts(
  delivery: Pick<Claimed, "notice" | "channel" | "subscription" | "subscriber">,
  textHash: string,
): readonly string[] {
  return [delivery.notice, delivery.channel, textHash, delivery.subscription, delivery.subscriber];
}

/** Texts that had the hash they are kept under. The very same text, which never changes, is hashed once. */
const hashed = new Map<string, string>();
const MOST_HASHED = 50;

/** Holds a text against the hash it was sealed with, before anything is made of it. */
export function textBreachOf({ rendering: { body }, hash }: SealedText): string | undefined {
  if (hashed.get(hash) === body) return undefined;
  if (sha256(body) !== hash) return "The text is not the one that was sealed.";
  if (hashed.size >= MOST_HASHED) hashed.clear();
  hashed.set(hash, body);
  return undefined;
}

/**
 * Holds a message against its seal, as the last thing before it leaves: the recipient, the text, and that
 * nothing of anybody else is in it. It trusts nobody that worked on the message before.
 * @returns what does not agree; then nothing may leave, neither this message nor any other of its notice
 */
export function verifySeal(
  claimed: Claimed,
  sealed: SealedText,
  recipient: Recipient,
  message: Message,
  proofs: Proofs,
): string | undefined {
  if (sealed.rendering.channel !== claimed.channel || message.channel !== claimed.channel) {
    return "The message is for another channel than the one that was sealed.";
  }
  if (!proofs.isProof(claimed.proof, ...proofParts(claimed, sealed.hash))) {
    return "This delivery is not one that was sealed.";
  }
  if (recipient.subscription !== claimed.subscription) return "The message is for another subscription.";
  if (proofs.pseudonym(claimed.channel, recipient.address) !== claimed.subscriber) {
    return "The address is not the one it was sealed for.";
  }
  if (message.to !== recipient.address) return "The message would go to another address.";
  return strangerIn(message, sealed, recipient, proofs.token(claimed.subscription));
}

const TOKEN = /subscriptions\/([A-Za-z0-9]+-[\w-]{24})/g;
/** Found by what is behind the “@”: a text is long, and few of its words are addresses. */
const ADDRESS = /(?<=([\w.+%-]+))@[\w-]+(?:\.[\w-]+)+/g;

function addressesIn(text: string): string[] {
  if (!text.includes("@")) return [];
  return Array.from(text.matchAll(ADDRESS), ([rest, name]) => `${name}${rest}`);
}

/** What a sealed text says itself, which is the same for all its recipients. */
const saidIn = new WeakMap<SealedText, ReadonlySet<string>>();

function addressesSaid(sealed: SealedText): ReadonlySet<string> {
  const known = saidIn.get(sealed) ?? new Set(addressesIn(sealed.rendering.body));
  saidIn.set(sealed, known);
  return known;
}

/** A link or an address of somebody else in a message. What the sealed text itself says was looked at when it was sealed. */
function strangerIn(message: Message, sealed: SealedText, recipient: Recipient, token: string): string | undefined {
  for (const [, found] of message.body.matchAll(TOKEN)) {
    if (found !== token) return "There is a link of another subscription in the message.";
  }
  const known = addressesSaid(sealed);
  const own = new Set([...addressesIn(recipient.address), ...addressesIn(recipient.leaveUrl)]);
  // The ids of mails look like addresses: this one's, and that of the one it corrects.
  const ids = [message.id, ...(recipient.corrected === undefined ? [] : [recipient.corrected])];
  for (const found of addressesIn(message.body)) {
    const isOwn = own.has(found) || ids.includes(found.slice(0, found.lastIndexOf("@")));
    if (!isOwn && !known.has(found)) return "There is another address in the message.";
  }
  return undefined;
}

export function sha256(text: string): string {
  return hash("sha256", text);
}
