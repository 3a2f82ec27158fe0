import type { Message, Recipient, Rendering } from "#lib/model/delivery.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { EmailSettings } from "./email/transport.ts";
import type { HttpSender } from "./http/sender.ts";
import type { SubscriptionMessage } from "./letter-words.ts";
import type { AddressRules, ReadAddress } from "./read-address.ts";
import type { Transport } from "./transport.ts";
import type { Vapid } from "./vapid.ts";

/**
 * One way to reach subscribers. Everything but `open` is pure: the same input gives the same bytes, so that what is sent
 * can be held against its seal.
 */
export interface Channel {
  readonly name: ChannelName;
  /** Equal addresses, however typed, give equal values. */
  readAddress(text: string, rules: AddressRules): ReadAddress;
  /** How an address may be shown to an operator: enough to recognise it, too little to use it. */
  mask(address: string): string;
  render(notice: Notice): Rendering;
  /** Puts the recipient's own parts in. The message has no other recipient and nothing of anybody else's. */
  compose(rendering: Rendering, recipient: Recipient, id: string): Message;
  /** A message to one person about their subscription. @param id constant through all attempts */
  letter(to: LetterTo, letter: SubscriptionMessage, site: Notice["site"], id: string): Message;
  /** How many messages one worker sends at a time. */
  readonly atOnce: number;
  /** Connects; nothing where it is not set up. Whatever is shared is closed by whoever opened it. */
  open(opening: Opening): Transport | undefined;
}

/** Whom a letter goes to. */
export type LetterTo = Pick<Recipient, "address" | "signingSecret">;

/** What channels are opened with. */
export interface Opening {
  /** Posts, to public addresses alone unless told otherwise. */
  readonly sender: HttpSender;
  readonly email: EmailSettings;
  /** The keys push services know us by; without them nothing is pushed. */
  readonly vapid?: Vapid;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
