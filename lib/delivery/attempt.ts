import { concerns } from "#lib/model/concerns.ts";
import type { Answer, Claimed, Message, Recipient, Rendering, SealedText, Settled } from "#lib/model/delivery.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import { decideRetry, type RetryPolicy } from "./retry-policy.ts";
import { type Proofs, sha256, textBreachOf, verifySeal } from "./seal-check.ts";

/** What an attempt needs of the other rooms. */
export interface AttemptDependencies {
  /** @param text the hash of the text, where it is not the one for everybody */
  sealedText(notice: string, channel: ChannelName, text?: string): Promise<SealedText>;
  /** @throws when the address cannot be opened */
  recipientOf(claimed: Claimed, address: string, sealed: SealedText): Recipient;
  compose(rendering: Rendering, recipient: Recipient, id: string): Message;
  /** As a channel's transport does: nothing leaves after `hold`, and everything ends with `stop`. */
  send(message: Message, hold: AbortSignal, stop?: AbortSignal): Promise<Answer>;
  readonly proofs: Proofs;
  readonly policy: RetryPolicy;
  readonly clock: () => number;
  /** What was taken longer ago than this may have been given up by others, in milliseconds. */
  readonly leaseMs: number;
  /** A number from 0 to 1. */
  readonly chance: () => number;
}

/** What became of an attempt; with a breach nothing left, and nothing more of the notice may. */
export interface Attempted {
  readonly outcome: Settled;
  readonly breach?: string;
}

/** Makes single attempts. Never throws: whatever goes wrong is an outcome. */
export interface Attempts {
  /**
   * @param hold nothing leaves once it is aborted; what has left is waited for
   * @param stop everything ends once it is aborted; `hold` is aborted with it, or before
   */
  make(claimed: Claimed, hold: AbortSignal, stop: AbortSignal): Promise<Attempted>;
}

export function makeAttempts(dependencies: AttemptDependencies): Attempts {
  return {
    async make(claimed, hold, stop) {
      const startedAt = dependencies.clock();
      const made = await messageFor(claimed, dependencies);
      if ("answer" in made) return { outcome: settle(dependencies, claimed, made.answer, startedAt) };
      if ("withdrawn" in made) {
        const answer: Answer = { outcome: "unsent", detail: made.withdrawn };
        return { outcome: { ...settle(dependencies, claimed, answer, startedAt), state: "withdrawn" } };
      }
      if ("breach" in made) {
        const answer: Answer = { outcome: "unsent", detail: made.breach };
        return { outcome: settle(dependencies, claimed, answer, startedAt), breach: made.breach };
      }
      const answer = await sent(dependencies, claimed, made.message, hold, stop);
      const outcome = settle(dependencies, claimed, answer, startedAt);
      return { outcome: { ...outcome, messageHash: messageHash(made.message) } };
    },
  };
}

type Made =
  | { readonly message: Message }
  | { readonly breach: string }
  | { readonly withdrawn: string }
  /** There is no message, for a reason that is none of the recipient's. */
  | { readonly answer: Answer };

/** How long nothing is made of a text that could not be read, in milliseconds: the store is away. */
const STORE_AWAY_MS = 5_000;

async function messageFor(claimed: Claimed, dependencies: AttemptDependencies): Promise<Made> {
  const { address } = claimed;
  if (address === null) return { withdrawn: "The subscription has ended meanwhile." };
  if (claimed.isNeedless) return { withdrawn: "What it corrects has not arrived." };
  if ((claimed.expiresAt ?? Number.POSITIVE_INFINITY) <= dependencies.clock()) {
    return { withdrawn: "What it tells of was over before it could leave." };
  }
  let sealed: SealedText;
  try {
    sealed = await dependencies.sealedText(claimed.notice, claimed.channel, claimed.text);
  } catch (error) {
    const detail = `The text could not be read: ${reasonOf(error)}`;
    return { answer: { outcome: "unsent", detail, retryAfterMs: STORE_AWAY_MS } };
  }
  try {
    return madeOf(claimed, address, sealed, dependencies);
  } catch (error) {
    // One that cannot be made harms nobody else's. A process that is started anew may know the secret that this one lacks.
    return {
      answer: { outcome: "deferred", detail: `The message could not be made: ${reasonOf(error)}`, isOurs: true },
    };
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function madeOf(claimed: Claimed, address: string, sealed: SealedText, dependencies: AttemptDependencies): Made {
  const altered = textBreachOf(sealed);
  if (altered !== undefined) return { breach: altered };
  // Sealed, it did ask for this; it may have been changed since, which is no fault of anybody.
  if (sealed.corrects === undefined && !concerns(sealed.audience, claimed.interest)) {
    return { withdrawn: "The subscription does not ask for this any more." };
  }
  const recipient = dependencies.recipientOf(claimed, address, sealed);
  const message = dependencies.compose(sealed.rendering, recipient, messageId(claimed.notice, claimed.subscription));
  const breach = verifySeal(claimed, sealed, recipient, message, dependencies.proofs);
  return breach === undefined ? { message } : { breach };
}

/** What the ledger keeps of a message: SHA-256 over all of it, in hexadecimal. The body, most of it, is taken as it is: it follows a line of JSON, which has no line break, so no two messages read the same. */
export function messageHash({ channel, id, to, body }: Message): string {
  return sha256(`${JSON.stringify([channel, id, to])}\n${body}`);
}

/** The id of the message that tells a subscription of a notice: the same for all attempts, and for no other. */
export function messageId(notice: string, subscription: string): string {
  return `${notice}.${subscription}`;
}

async function sent(
  dependencies: AttemptDependencies,
  claimed: Claimed,
  message: Message,
  hold: AbortSignal,
  stop: AbortSignal,
): Promise<Answer> {
  if (hold.aborted) return { outcome: "unsent", detail: "It was halted before it left." };
  if (dependencies.clock() - claimed.claimedAt > dependencies.leaseMs) {
    return { outcome: "unsent", detail: "The process that was to send it had been held up." };
  }
  try {
    return await dependencies.send(message, hold, stop);
  } catch (error) {
    // A channel that breaks its promise never to throw: what it had done by then, nobody knows.
    return { outcome: "unknown", detail: `The channel failed: ${error instanceof Error ? error.name : "unknown"}` };
  }
}

function settle(dependencies: AttemptDependencies, claimed: Claimed, answer: Answer, startedAt: number): Settled {
  const endedAt = dependencies.clock();
  const attempt = { channel: claimed.channel, number: claimed.attempt, endedAt };
  const verdict = decideRetry(answer, attempt, dependencies.policy, dependencies.chance());
  const { id, notice, channel, subscription, subscriber, failures, carries } = claimed;
  const tried = { id, notice, channel, subscription, subscriber, attempt: claimed.attempt, failures };
  return { claimed: { ...tried, ...(carries ? { carries } : {}) }, answer, startedAt, endedAt, ...verdict };
}
