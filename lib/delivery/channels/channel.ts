import type { Answer, Message, Recipient, Rendering } from "#lib/model/delivery.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { WrongAddress } from "./wrong-address.ts";

/** An address as it was typed, made one that can be kept; or why it cannot be one. */
export type ReadAddress = { readonly value: string } | WrongAddress;

/** What an installation allows beyond the usual. */
export interface AddressRules {
  /** For development and tests, or a network of one's own: http, and addresses that are not public, may be sent to. */
  readonly allowPrivateTargets: boolean;
}

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
}

/** A channel at work: it holds connections until it is closed. */
export interface Transport {
  /**
   * Sends one message and says what became of it. Never throws. An answer that nothing was taken is given only once
   * nothing of the message can leave any more: no library holds it, and its connection has been cut off.
   * @param hold once it is aborted nothing leaves any more: `unsent` at once if nothing had left, while the answer to
   *   what has left is waited for
   * @param stop once it is aborted everything ends: what had left whole is `unknown` unless its answer comes at once.
   *   `hold` is aborted with it, or before. It is `hold` unless told otherwise
   */
  send(message: Message, hold: AbortSignal, stop?: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}
