import type { DeliveryState, Outcome } from "#lib/model/delivery.ts";
import type { NoticeKind } from "#lib/model/notice.ts";
import type { ChannelName, Interest } from "#lib/model/subscription.ts";

/** The subscription that a fact is of, by its id. */
interface OfSubscription {
  readonly subscription: string;
}

interface Why {
  readonly why: string;
}

interface By {
  /** As `actorText` writes it. */
  readonly by: string;
}

/** What the ledger keeps facts of, each with everything that it says besides whom and what it is about. Times are milliseconds since the epoch. */
interface FactData {
  /** From here on entries are keyed: those before, which end with this one, have plain hashes. */
  readonly keyed: { readonly plain: number };
  /** Rows of a table that has no facts of its own were written or removed: what they hold, as hashes by their ids. */
  readonly recorded: {
    readonly table: string;
    readonly rows?: Readonly<Record<string, string>>;
    readonly removed?: readonly string[];
  };
  /** A notice was fixed: its rendering, the number of its recipients, and the hashes of both. */
  readonly sealed: {
    readonly key: string;
    readonly kind: NoticeKind;
    readonly recipients: number;
    readonly needsApproval: boolean;
    readonly recipientsHash: string;
    readonly renderingHash: string;
    readonly deliveriesHash: string;
    readonly noticeHash: string;
    /** Hashes of texts that only some recipients get. */
    readonly texts?: readonly string[];
  };
  /** A delivery that waited is told in the message of a later notice; or it is not, and waits by itself again. */
  readonly folded: OfSubscription & {
    readonly state: "folded";
    readonly carriedBy: string;
    readonly text: string;
    readonly detail: string;
  };
  readonly released: Why & { readonly state: "queued" };
  /** What had come apart was put together again, with texts that only some recipients get: their hashes. */
  readonly gathered: { readonly texts: readonly string[] };
  /** An attempt to deliver came to an end. */
  readonly attempted: {
    readonly attempt: number;
    readonly outcome: Outcome;
    readonly state: DeliveryState;
    readonly detail: string;
    readonly startedAt: number;
    readonly messageHash: string | undefined;
    readonly nextAt: number | undefined;
  };
  /** A worker died in the middle of an attempt. */
  readonly lost: { readonly attempt: number; readonly detail: string };
  /** A mail server reported that a mail came back, or is still being tried. */
  readonly bounced: {
    readonly kind: "gone" | "failed" | "delayed";
    readonly status: string | undefined;
    readonly detail: string;
    readonly state: DeliveryState;
  };
  /** An address was set aside after it had failed for long, or because nobody is there. */
  readonly quarantined: OfSubscription & Why;
  readonly halted: Why & By & { readonly scope: string };
  /** What was halted goes on, or a notice that had stopped by itself on a channel. */
  readonly resumed: By & ({ readonly scopes: readonly string[] } | { readonly channel: string });
  /** A second person let a notice leave on a channel. */
  readonly approved: By & { readonly channel: string };
  readonly stopped: Why;
  /** Of many deliveries how many and why, or one of them. */
  readonly withdrawn: Why &
    (
      | { readonly count: number; readonly rows: number; readonly by?: string; readonly notices?: readonly string[] }
      | { readonly state: "withdrawn" }
    );
  readonly subscribed: OfSubscription &
    Interest & {
      readonly source: string;
      readonly state: string;
      readonly createdAt: number;
      readonly confirmedAt: number | undefined;
    };
  readonly confirmed: OfSubscription & { readonly again?: true };
  readonly changed: OfSubscription & Interest;
  readonly ended: OfSubscription & Why;
  readonly erased: OfSubscription & Partial<Why>;
  /** Addresses were shown in the open. */
  readonly shown: By & { readonly what: string; readonly count: number };
  /** What was about to be told held something secret: nothing of it was sealed. */
  readonly guarded: By & { readonly places: readonly string[] };
  /** A WebSub hub was told that a feed has something new, or could not be. */
  readonly pinged: {
    readonly topic: string;
    readonly hub: string;
    readonly attempt: number;
    readonly outcome: Outcome;
    readonly detail: string;
  };
  /** Something that operators were told at once. */
  readonly alarm: { readonly message: string };
  /** The database was brought back from a copy: up to where the ledger was known, or what was carried over into it. */
  readonly restored:
    | { readonly lost: { readonly seq: number | undefined; readonly hash: string | undefined } }
    | { readonly ended: number; readonly known: number };
  /** News, or an order, was noted for everybody who is connected. */
  readonly live: {
    readonly events: readonly { readonly id: number; readonly hash: string }[];
    readonly order?: string | undefined;
    readonly board?: string | undefined;
    readonly by?: string | undefined;
  };
  /** A wallboard connected, was about to be sent something, or went. */
  readonly "board-opened": {
    readonly line: string;
    readonly components: readonly string[];
    readonly after?: number;
  };
  readonly "board-pushed": {
    readonly line: string;
    readonly events: readonly number[];
    readonly order?: { readonly id: number; readonly kind: string };
    readonly screen?: string;
  };
  readonly "board-closed": { readonly line: string; readonly after: number };
}

export type FactKind = keyof FactData;

/** Whom and what a fact is about. */
export interface FactSubject {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly notice?: string | undefined;
  readonly channel?: ChannelName | undefined;
  /** A pseudonym. */
  readonly subscriber?: string | undefined;
  readonly delivery?: number | undefined;
}

/** A fact of one kind. */
type FactOf<K extends FactKind> = FactSubject & { readonly kind: K; readonly data: FactData[K] };

/** Something that happened, as it is told to the ledger; no secret and no address is in it. */
export type Fact = { readonly [K in FactKind]: FactOf<K> }[FactKind];
