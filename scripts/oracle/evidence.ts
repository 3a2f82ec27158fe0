import type { Expected } from "./rules.ts";

/** What the program says of one message to one subscription. */
export interface Recorded {
  readonly notice: string;
  readonly subscription: string;
  readonly channel: string;
  /** queued, sending, accepted, failed, unknown or withdrawn. */
  readonly state: string;
  /** What became of each attempt, in order; a worker that died is `unknown`. */
  readonly attempts: readonly Attempt[];
}

/** On the world's clock; of a worker that died, both are when that was found. */
export interface Attempt {
  readonly outcome: string;
  readonly startedAt: number;
  readonly at: number;
}

/** A notice as the ledger has it. */
export interface Sealed {
  readonly notice: string;
  readonly kind: string;
  /** On the world's clock. */
  readonly at: number;
  /** The entry that `ledger --incident` has it under; undefined when it is under none. */
  readonly entry: string | undefined;
}

/** A message that came whole, and what it says it is. */
export interface Got {
  readonly person: number;
  readonly to: string;
  readonly startedAt: number;
  readonly completeAt: number;
  readonly answered: "taken" | "refused" | "nothing";
  /** From its own id, where the channel has one. */
  readonly notice: string | undefined;
  /** Everything readable in it. */
  readonly text: string;
}

export interface Halted {
  readonly scope: "all" | "channel" | "incident" | "notice";
  readonly channel: string;
  readonly entry: string;
  readonly notice: string | undefined;
  /** On the machine's clock: start and end of the command, and when it was lifted (or the world ended). */
  readonly from: number;
  readonly until: number;
  liftedAt: number;
  /** What was said to be waiting, once it held, and when that was asked: `<notice>.<subscription>`. */
  readonly waiting: ReadonlySet<string>;
  readonly askedAt: number;
}

export interface Corrected {
  readonly notice: string;
  readonly marker: string;
  /** On the world's clock. */
  readonly from: number;
  readonly until: number;
  /** On the machine's clock. */
  readonly realFrom: number;
  readonly realUntil: number;
}

export interface Subscriber {
  readonly number: number;
  readonly subscription: string;
  readonly channel: string;
  /** Its receiver says at some time that nobody is there (HTTP 410, SMTP 5.1.1), which ends it. */
  readonly saysGone: boolean;
  /** When the command that ended it was over, on the machine's clock. */
  leftAt?: number;
}

/** An entry as messages know it. */
export interface Named {
  readonly entry: string;
  readonly kind: "incident" | "maintenance";
  readonly title: string;
  readonly markers: readonly string[];
  readonly windows: readonly { readonly start: number; readonly end: number }[];
  /** Who may be told of its window by the clock. */
  readonly mayClock: ReadonlySet<number>;
  readonly mustClock: ReadonlySet<number>;
  /** Its begin and end were lived through one after the other, on the world's clock, with workers. */
  isLivedThrough?: boolean;
}

/** Everything that a world left behind. */
export interface Evidence {
  readonly people: readonly Subscriber[];
  readonly entries: readonly Named[];
  readonly expected: readonly Expected[];
  readonly corrected: readonly Corrected[];
  readonly halts: readonly Halted[];
  readonly got: readonly Got[];
  readonly sealed: readonly Sealed[];
  readonly recorded: readonly Recorded[];
  /** What `ledger --verify` said against it; empty when it is whole. */
  readonly verified: string;
  /** Whether everything that was due came to an end before the world did. */
  readonly isSettled: boolean;
  readonly mailIsShut: boolean;
  /** More recipients than this on a channel wait for a second person; when one came, on the machine's clock. */
  readonly approveAbove?: number;
  readonly approved: ReadonlyMap<string, number>;
}

/** Something that is not as it has to be. */
export interface Fault {
  readonly rule: string;
  readonly what: string;
}
