import type { Answer, Message, Recipient, Rendering } from "#lib/model/delivery.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { ChannelName } from "#lib/model/subscription.ts";

/** An address as it was typed, made one that can be kept; or why it cannot be one. */
export type ReadAddress = { readonly value: string } | { readonly message: string; readonly remedy: string };

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
   * Sends one message and says what became of it. Never throws. When `signal` is aborted it stops at once and answers
   * `unsent` if no content had left, otherwise `unknown`.
   */
  send(message: Message, signal: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}
