import type { Effect, Impact, UpdateStatus } from "./incident.ts";
import type { Audience } from "./subscription.ts";
import type { Instant, When } from "./time.ts";

/** What can be worth a message. */
export const NOTICE_KINDS = [
  "incident_opened",
  "incident_updated",
  "incident_resolved",
  "maintenance_scheduled",
  "maintenance_moved",
  "maintenance_reminder",
  "maintenance_begun",
  "maintenance_updated",
  "maintenance_ended",
  "maintenance_cancelled",
  "report_preliminary",
  "report_final",
  "correction",
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** One update as a notice tells it. */
export interface NoticeUpdate {
  readonly id: string;
  readonly at: When;
  readonly status: UpdateStatus;
  /** GitHub-flavoured Markdown. */
  readonly body: string;
}

/** The worst of what is going on, and whether it is the state of a component or of an incident that names none. */
export interface WholeState {
  readonly effect: Effect;
  readonly isOfComponent: boolean;
}

/** A component the notice is about, with its state when the notice was made. */
export interface NoticeComponent {
  readonly id: string;
  readonly name: string;
  readonly group?: string;
  /** Under what programs know it, where it was moved in. */
  readonly formerId?: string;
  readonly effect: Effect;
}

/**
 * Something worth telling subscribers, said for no channel in particular and complete in itself: whoever renders it needs
 * nothing else. It is made from the difference between what was known and a Site, and never again for the same thing.
 */
export interface Notice {
  /** Made from `key`: 24 characters of `[a-z0-9]`. */
  readonly id: string;
  /** What it announces, in a form that stays the same however its file is renamed or rewritten. */
  readonly key: string;
  readonly kind: NoticeKind;
  readonly audience: Audience;
  readonly site: {
    readonly name: string;
    /** Absolute, without a closing slash. */
    readonly url: string;
    readonly locale: string;
    readonly timezone: string;
    /** Under what programs know the page, where it was moved in. */
    readonly formerId?: string;
    /** Where the ids of mails about it end, where that is not the host of `url`: it was another one when the first was sent. */
    readonly mailDomain?: string;
    /** The state of the whole when the notice was made; absent in notices of an earlier form. */
    readonly state?: WholeState;
    readonly support: { readonly email?: string; readonly url?: string; readonly phone?: string };
  };
  readonly event: {
    /** Twelve characters of `[a-z0-9]`: the thread of all notices about it. */
    readonly id: string;
    readonly slug: string;
    readonly title: string;
    readonly kind: "incident" | "maintenance";
    readonly status: string;
    readonly impact?: Impact;
    /** Absolute address of its page. */
    readonly url: string;
    readonly started: When;
    readonly ended?: When;
    /** By when the next update is promised; of what is over nothing. */
    readonly nextUpdate?: Instant;
    /** When it is expected to be over: an estimate; of what is over nothing. */
    readonly expectedEnd?: When;
    /** When it was first told of, and first said to be monitored; absent in notices of an earlier form. */
    readonly created?: When;
    readonly monitoring?: When;
    /** When work was cancelled. */
    readonly cancelled?: When;
    /** Of a maintenance. */
    readonly window?: { readonly start: Instant; readonly end: Instant };
  };
  readonly components: readonly NoticeComponent[];
  /** The updates it tells of, oldest first. */
  readonly updates: readonly NoticeUpdate[];
  /** How many of these, the first, were told before: they are there for those who hear of the event first by this. */
  readonly toldBefore?: number;
  /** Where the window was before, when a maintenance was moved. */
  readonly formerWindow?: { readonly start: Instant; readonly end: Instant };
  /** The first words of the report, as plain text. */
  readonly summary?: string;
  /** The notice it corrects, with the subject subscribers know it by. */
  readonly corrects?: { readonly id: string; readonly madeAt: number };
  /** What a correction says, as Markdown. */
  readonly message?: string;
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
  /** What waited and is told in the same message, oldest first: it is in a text that is drawn, never in a notice that is kept. */
  readonly earlier?: readonly Notice[];
  /** With `earlier`: these are notices of the week ahead, of several events. */
  readonly isWeekly?: true;
}
