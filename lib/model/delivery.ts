import type { Notice } from "./notice.ts";
import type { Audience, ChannelName, Interest } from "./subscription.ts";

/**
 * The states of a delivery. It is sealed as `queued`; a worker that takes it makes it `sending`, and what the other side
 * answers makes it one of the rest. Only `queued` is ever taken. A `sending` whose worker died becomes `unknown`. What a
 * later notice's message to the same subscription tells as well is `folded` into that one: it has its fate.
 */
export const DELIVERY_STATES = ["queued", "sending", "accepted", "failed", "unknown", "withdrawn", "folded"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What became of one attempt. */
export type Outcome =
  /** The other side took it. */
  | "accepted"
  /** Not now; it may be tried again. */
  | "deferred"
  /** Never; the address itself may be good. */
  | "refused"
  /** Never, and nothing else to this address either. */
  | "gone"
  /** It may have arrived: the connection ended after the content had left and before an answer came. */
  | "unknown"
  /** It was stopped, or put off, before anything of it had left; nothing of it can leave any more. */
  | "unsent";

/** What the other side answered, or why it could not. */
export interface Answer {
  readonly outcome: Outcome;
  /** For the ledger and the operator: at most 500 characters, and no secret or address in it. */
  readonly detail: string;
  /** How long the other side asks to be left alone, in milliseconds; with `deferred`. With `unsent`, how long to wait. */
  readonly retryAfterMs?: number;
  /** What went wrong is on this side, as with a mail server of our own that is away: it says nothing of the address. */
  readonly isOurs?: true;
}

/** What is the same for everybody who gets a notice over one channel: fixed, hashed and stored when the notice is sealed. */
export interface Rendering {
  readonly channel: ChannelName;
  /** JSON of the channel's own form. The same notice always gives the same text. */
  readonly body: string;
}

/** The one who gets a message. */
export interface Recipient {
  readonly subscription: string;
  readonly channel: ChannelName;
  /** As `Channel.readAddress` made it. */
  readonly address: string;
  /** Page of the subscription's own, under its token. */
  readonly manageUrl: string;
  /** Ends the subscription when it is posted to (RFC 8058). */
  readonly leaveUrl: string;
  /** Of a webhook: what its owner checks our signature with, `whsec_…`. */
  readonly signingSecret?: string;
  /** Of a correction: the id of the message to this recipient that it corrects, so that it answers it. */
  readonly corrected?: string;
}

/** One message to one recipient, ready to leave. */
export interface Message {
  readonly channel: ChannelName;
  /** Constant through all attempts: receivers know a repetition by it. */
  readonly id: string;
  /** The only address it goes to. The body does not say it a second time: this one is held against the seal. */
  readonly to: string;
  /** In the channel's own form, with the recipient's own parts in it. */
  readonly body: string;
}

/** A seal as the key of a map: a notice on one channel. */
export function sealKey({ notice, channel }: { readonly notice: string; readonly channel: string }): string {
  return `${notice} ${channel}`;
}

/** A notice on one channel whose deliveries may leave. */
export interface OpenSeal {
  readonly notice: string;
  readonly channel: ChannelName;
  /** Id of the event it is about. */
  readonly event: string;
  /** Of a correction: the notice that it corrects. */
  readonly corrects?: string;
  /** The deliveries of this wave and of those before it may leave. */
  readonly wave: number;
  readonly recipients: number;
  /** What became of its deliveries, since it was last resumed. */
  readonly accepted: number;
  readonly failed: number;
  readonly unknown: number;
}

/** What was fixed when a notice was sealed for a channel. */
export interface SealedText {
  readonly rendering: Rendering;
  /** SHA-256 of the rendering's body, in hexadecimal. */
  readonly hash: string;
  readonly audience: Audience;
  /** Of a correction: the notice it corrects. It goes to whoever got that one, whatever they ask for. */
  readonly corrects?: string;
}

/** A delivery that one worker has taken and nobody else will. */
export interface Claimed {
  readonly id: number;
  readonly notice: string;
  readonly channel: ChannelName;
  readonly subscription: string;
  /** The pseudonym it was sealed for. */
  readonly subscriber: string;
  /** Made at sealing, over notice, channel, text, subscription and subscriber. */
  readonly proof: string;
  /** SHA-256 of the text that was sealed for this recipient, where it is not the one for everybody. */
  readonly text?: string;
  /** The notices besides its own that its text tells. */
  readonly carries?: readonly string[];
  /** Of a correction: the notice whose message told the wrong words, where that was not the wrong notice's own. */
  readonly answers?: string;
  /** Of a correction: what it corrects was on its way when this was sealed, and has not arrived. */
  readonly isNeedless?: true;
  /** When it is too late to be told, in milliseconds since the epoch. */
  readonly expiresAt?: number;
  /** How often it was tried, this time included. */
  readonly attempt: number;
  /** Milliseconds since the epoch. */
  readonly claimedAt: number;
  /** As the subscription stands now: locked, or null when it was erased or has ended since. */
  readonly address: string | null;
  readonly signingSecret: string | null;
  readonly interest: Interest;
  /** How often in a row the address had failed when it was taken. */
  readonly failures: number;
}

/** What the queue has to know of an attempt that is over: nothing of the address is in it. */
type Tried = Pick<
  Claimed,
  "id" | "notice" | "channel" | "subscription" | "subscriber" | "attempt" | "failures" | "carries"
>;

/** What became of one attempt, and of its delivery. */
export interface Settled {
  readonly claimed: Tried;
  readonly state: DeliveryState;
  /** When it may be tried again, with `queued`; at once without it. */
  readonly dueAt?: number;
  readonly answer: Answer;
  readonly startedAt: number;
  readonly endedAt: number;
  /** SHA-256 of the whole message, in hexadecimal; absent when none was made. */
  readonly messageHash?: string;
}

/** What is halted: everything, what is told of one event, one notice, or one channel. */
export type Scope = "all" | `incident:${string}` | `notice:${string}` | `channel:${string}`;

export interface Halt {
  readonly scope: Scope;
  readonly why: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly by: string;
}

/** What became of the waves of a seal that may leave, once each of their deliveries was taken. */
export interface WaveState {
  readonly accepted: number;
  readonly failed: number;
  readonly unknown: number;
  /** Tried once or twice, and to be tried again. */
  readonly deferred: number;
  /** Tried more often than that, for minutes: waiting longer tells nothing. */
  readonly stuck: number;
  /** Being tried, or put off before anything of them had left, as their host hangs or is away. */
  readonly unanswered: number;
  /** All of them, whatever became of them. */
  readonly all: number;
}

/** How far the waves of a seal are: some were never taken, some are unanswered, or what became of all. */
export type WaveProgress = "untaken" | "unanswered" | WaveState;

/** How far a notice has come on one channel. */
export interface Reach {
  readonly notice: Notice;
  readonly channel: ChannelName;
  readonly state: "awaiting_approval" | "open" | "stopped" | "done";
  readonly why: string | undefined;
  readonly recipients: number;
  readonly counts: Readonly<Record<DeliveryState, number>>;
}

/** One recipient of a notice, and what became of it. */
export interface ReachedOne {
  readonly channel: ChannelName;
  readonly subscription: string;
  /** A pseudonym. */
  readonly subscriber: string;
  /** Locked; null once it was erased. */
  readonly address: string | null;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** What the other side answered last. */
  readonly detail: string | undefined;
  readonly settledAt: number | undefined;
  /** When it is tried next, of what waits. */
  readonly dueAt: number | undefined;
}
