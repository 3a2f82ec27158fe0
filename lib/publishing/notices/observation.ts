import type { NoticeKind } from "#lib/model/notice.ts";
import type { Incident, Maintenance, Update } from "#lib/model/site.ts";
import { latest } from "#lib/model/time.ts";
import type { KnownEvent } from "./known.ts";

/** What is too old to be told, and what is told ahead. */
export interface NewsSettings {
  /** Nothing that happened longer ago than this is told, in milliseconds. */
  readonly announceWithinMs: number;
  /** How long before a maintenance begins subscribers are reminded, in milliseconds; 0 for no reminder. */
  readonly remindBeforeMs: number;
}

/** An event as it is seen at a moment, beside what was known of it. */
export interface EventObservation<T = Incident | Maintenance> {
  readonly event: T;
  /** Absent when it is seen for the first time. */
  readonly known: KnownEvent | undefined;
  /** Its new updates that are not too old to be told, oldest first. */
  readonly recent: readonly Update[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly settings: NewsSettings;
  /** The times of what is long over moved as its window did, as when a zone is put right: then that is no news. */
  readonly isMovedWithPast: boolean;
}

/** Something to tell, and what subscribers believe once it is told. */
export interface News {
  readonly kind: NoticeKind;
  /** Which of its kind in the event's life: the same is never told again. */
  readonly key: string;
  /** It goes on with what was told, for better or as before: neither a beginning, a turn, nor an end. */
  readonly isBetween?: true;
}

export function isRecent(at: number, { now, settings }: Pick<EventObservation, "now" | "settings">): boolean {
  return now - at <= settings.announceWithinMs;
}

/** Whoever was told that something began waits for its end and all that is between, so many times as long as for anything else. */
const PATIENCE = 7;

/** Whether the end of an event is still to be told to those who were told that it began. */
export function isAwaited(
  ended: number,
  { known, now, settings }: Pick<EventObservation, "known" | "now" | "settings">,
): boolean {
  return known?.isTold === true && now - ended <= PATIENCE * settings.announceWithinMs;
}

/**
 * Whether an update goes on with what subscribers were told of and believe to be unfinished: many an update is dated by
 * the beginning for want of a time of its own.
 */
export function goesOn({ at }: Update, observation: Pick<EventObservation, "known" | "now" | "settings">): boolean {
  return observation.known?.state !== "over" && isAwaited(latest(at), observation);
}

/** The key of news that is nothing but an update: updates are numbered in the order in which they became known. */
export function updateKey({ known, recent }: Pick<EventObservation, "known" | "recent">): string {
  return `update-${(known?.updates.length ?? 0) + recent.length}`;
}
