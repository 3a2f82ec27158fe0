/** How a receiver behaves when a message comes. */
export type Behaviour =
  /** Answers after a while: HTTP with `status`, SMTP with its own code for it (200: taken, 4xx and 5xx as they are). */
  | { readonly kind: "answer"; readonly status: number; readonly afterMs: number; readonly retryAfter?: number }
  /** Reads everything and never answers; hangs up after a while. */
  | { readonly kind: "hang"; readonly forMs: number }
  /** Cuts the connection before it has read anything (HTTP), or before the content is whole (SMTP). */
  | { readonly kind: "cut-before" }
  /** Cuts the connection when it has everything, without an answer. */
  | { readonly kind: "cut-after" };

/** What one address does, message by message; the last goes for all that follow. */
export type Habit = readonly Behaviour[];

export const GOOD: Behaviour = { kind: "answer", status: 200, afterMs: 0 };

/** A message that came whole, byte for byte, on the receiver's own clock (milliseconds since the epoch). */
export interface Receipt {
  /** The whole URL, or the mailbox, that it came to. */
  readonly to: string;
  readonly startedAt: number;
  readonly completeAt: number;
  /** Headers in lower case; of a mail they are part of `body`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What the sender was answered: that it was taken, that it was not, or nothing that can have reached it. */
  answered: "taken" | "refused" | "nothing";
}

/** Everything that all receivers of a world got, in the order in which it was whole. */
export type Log = Receipt[];

/** Says how an address behaves now, and counts that a message came. */
export type BehaviourOf = (address: string) => Behaviour;
