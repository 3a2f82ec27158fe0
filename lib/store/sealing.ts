import type { Selectable } from "kysely";
import type { Notice } from "#lib/model/notice.ts";
import type { Audience, ChannelName, Interest } from "#lib/model/subscription.ts";
import type { INTEREST_COLUMNS } from "./interest.ts";
import type { Tables } from "./schema.ts";

/** Everything that is fixed of a notice on one channel before its first message leaves. */
export interface Sealing {
  readonly notice: Notice;
  readonly channel: ChannelName;
  readonly rendering: string;
  /** SHA-256, in hexadecimal. */
  readonly renderingHash: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Whether somebody found by the query did ask for it: the plain rule, held against every single one. */
  readonly isConcerned: (audience: Audience, interest: Interest) => boolean;
  readonly proofOf: (subscription: string, subscriber: string, textHash: string) => string;
  /** The wave a recipient is in, by the fraction (0 to 1) that its proof gives, of as many recipients. */
  readonly waveOf: (fraction: number, recipients: number) => number;
  /** When it is told to somebody who was last told of the event at `lastAt`, and what it is told with. */
  readonly planOf: (interest: Interest, lastAt: number | undefined) => Planned;
  /** What it says to somebody who asked for this, along with what waited; undefined when that is what it says to everybody. */
  readonly textFor: (interest: Interest, earlier: readonly Notice[]) => Text | undefined;
  /** Of as many recipients, whether a second person has to agree first. */
  readonly needsApproval: (recipients: number) => boolean;
  /** Of a correction: only who may have received the notice it corrects. */
  readonly onlyReachedBy?: string;
}

/** When a message may leave, and with what it may share one. */
export interface Planned {
  /** 0 for at once. */
  readonly dueAt: number;
  readonly bundle?: string;
  readonly expiresAt?: number;
}

/** A text and its SHA-256, in hexadecimal. */
export interface Text {
  readonly body: string;
  readonly hash: string;
}

/** A subscription that a notice concerns, as the store keeps it. */
export type Found = Pick<Selectable<Tables["subscription"]>, "id" | "subscriber" | (typeof INTEREST_COLUMNS)[number]>;
