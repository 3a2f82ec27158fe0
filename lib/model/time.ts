/**
 * When something happened, exactly as far as the author knew it. Nothing here is ever rounded up to a precision that
 * was not written: a date stays a date, a rough time stays rough, and the offset as written is kept.
 */

/** A point in time that was written with a clock time. */
export interface Instant {
  readonly kind: "instant";
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** Minutes east of UTC: the offset as written, or the site's zone's offset at that moment when none was written. */
  readonly offset: number;
  /** The smallest unit that was written; finer units are never shown. */
  readonly precision: "minute" | "second" | "millisecond";
  /** Written with `~`: known only roughly. */
  readonly approximate: boolean;
}

/** A calendar date whose time of day is not known. */
export interface Day {
  readonly kind: "day";
  /** `YYYY-MM-DD`. */
  readonly on: string;
  /** First millisecond of that date in the site's zone: the earliest it can have been. */
  readonly startsAt: number;
  /** First millisecond after that date in the site's zone. */
  readonly endsAt: number;
  /** Written with `~`: known only roughly. */
  readonly approximate: boolean;
}

/** Something that happened at an unknown moment between two others ("between 2 and 3 September"). */
export interface Span {
  readonly kind: "span";
  readonly from: Instant | Day;
  readonly to: Instant | Day;
  /** Written with `~` before the whole span. */
  readonly approximate: boolean;
}

export type When = Instant | Day | Span;

/** The earliest moment `when` can mean, in milliseconds since the epoch. */
export function earliest(when: When): number {
  switch (when.kind) {
    case "instant":
      return when.at;
    case "day":
      return when.startsAt;
    case "span":
      return earliest(when.from);
  }
}

/** The latest moment `when` can mean, in milliseconds since the epoch (a date's last millisecond). */
export function latest(when: When): number {
  switch (when.kind) {
    case "instant":
      return when.at;
    case "day":
      return when.endsAt - 1;
    case "span":
      return latest(when.to);
  }
}

/** A length of time as an author wrote it, such as `30m`: from what it counts is said where it stands. */
export interface Period {
  readonly kind: "period";
  readonly ms: number;
  readonly written: string;
}

/** A length of time. `approximate` when either end was known only roughly or only as a date. */
export interface Duration {
  readonly ms: number;
  readonly approximate: boolean;
  /** Set instead of an exact length when an end is known only as a date: how many calendar dates it touches. */
  readonly days?: number;
}
