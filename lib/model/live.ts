/**
 * What is pushed to those who are connected: pages, programs and wallboards. `incident` and `maintenance` say that one of
 * them changed for readers, `site` that anything may have. `reload` and `clear` are orders to wallboards.
 */
export const LIVE_KINDS = ["incident", "maintenance", "site", "reload", "clear"] as const;
export type LiveKind = (typeof LIVE_KINDS)[number];

/** What is pushed, as it is halted and resumed beside the channels that reach subscribers. */
export const LIVE = "live";

/** News that is in no order yet. */
export interface LiveNews {
  readonly kind: LiveKind;
  /** The same news has the same key, whoever notes it: it is kept once. */
  readonly key: string;
  /** Ids of the components it concerns; of none in particular, when empty, and then everybody. */
  readonly components: readonly string[];
  /** Of an order: the only board it is for. */
  readonly board?: string;
  /** Everything it says. Whoever is told gets of its `components` those that were asked for. */
  readonly data: LiveData;
}

/** What news says of a component. */
export interface LiveComponent {
  readonly id: string;
  readonly name: string;
  /** What the incident or maintenance does to it now. */
  readonly effect: string;
}

export interface LiveData {
  readonly components?: readonly LiveComponent[];
  readonly [key: string]: unknown;
}

/** News in its place: everybody is told in this order, and after a pause from where they were. */
export interface LiveEvent extends Omit<LiveNews, "key"> {
  /** Counts up. */
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The snapshot that shows it; 0 for an order. */
  readonly snapshot: number;
}

/** An order to wallboards, rather than news. */
export function isOrder({ kind }: Pick<LiveEvent, "kind">): boolean {
  return kind === "reload" || kind === "clear";
}

/** A screen that shows some components. */
export interface Board {
  readonly id: string;
  /** Ids of the components it asked for; empty for all. */
  readonly components: readonly string[];
  readonly openedAt: number;
  /** When its server last said that it is connected, in milliseconds since the epoch. */
  readonly seenAt: number;
  /** Whether it is connected, as far as its server says. */
  readonly isOpen: boolean;
  /** The last event that it was sent. */
  readonly sent: number;
  /** The last order that it was sent. */
  readonly obeyed: number;
}
