import { minuteOfDayAt, nextTimeAfter } from "#lib/calendar/local.ts";
import { isZone } from "#lib/calendar/wall-clock.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { Interest } from "#lib/model/subscription.ts";

/** When a message may leave, and with what it may share one. */
export interface Plan {
  /** Milliseconds since the epoch; 0 for at once. */
  readonly dueAt: number;
  /** What waits under the same name for the same subscription is told in one message; absent from what is told by itself. */
  readonly bundle?: string;
  /** When it is too late to be told. */
  readonly expiresAt?: number;
}

const MINUTE_MS = 60_000;
const MONDAY = 1;

/** When the message of the week ahead leaves, in minutes after midnight of a Monday in the subscriber's zone. */
const WEEKLY_AT = 8 * 60;

/** The zone whose clocks a subscription goes by. A name that this machine does not know is as good as none. */
export function zoneOf({ zone }: Interest, site: Pick<Notice["site"], "timezone">): string {
  return zone !== undefined && isZone(zone) ? zone : site.timezone;
}

/**
 * When a notice is to be told to somebody, by what they asked for.
 * @param lastAt when they were last told of the event, or are just being told
 */
export function planOf(notice: Notice, interest: Interest, lastAt: number | undefined, now: number): Plan {
  // What was told in the wrong is put right alone, in a message that answers it.
  if (notice.kind === "correction") return { dueAt: holdUntil(notice, interest, now) ?? 0 };
  const week = weekOf(notice, interest, now);
  if (week) return week;
  if (!(interest.everyMinutes || interest.quiet)) return { dueAt: 0 };
  const bundle = `${notice.event.id} ${notice.audience.topic}`;
  const paced = paceOf(notice, interest, lastAt);
  const dueAt = paced > now ? paced : 0;
  return { dueAt: holdUntil(notice, interest, Math.max(dueAt, now)) ?? dueAt, bundle };
}

/**
 * Until when a notice has to wait for the end of somebody's quiet hours.
 * @returns undefined when it need not: outside of them, or when its impact is critical
 */
export function holdUntil({ audience, site }: Notice, interest: Interest, at: number): number | undefined {
  if (!interest.quiet || audience.impact === "critical") return undefined;
  const { from, to } = interest.quiet;
  const zone = zoneOf(interest, site);
  const minute = minuteOfDayAt(at, zone);
  const isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  return isQuiet ? nextTimeAfter(at, zone, to) : undefined;
}

/** Beginnings, turns and ends leave at once, and so do reports; what is between, not before so many minutes have passed. */
function paceOf({ audience }: Notice, { everyMinutes = 0 }: Interest, lastAt: number | undefined): number {
  return audience.isBetween && lastAt !== undefined ? lastAt + everyMinutes * MINUTE_MS : 0;
}

/** What begins before the next message of the week would be told too late by it: it leaves at once, with what waited. */
function weekOf(notice: Notice, interest: Interest, now: number): Plan | undefined {
  const { audience, event, formerWindow, site } = notice;
  if (!interest.isWeekly || audience.topic !== "maintenance" || !event.window) return undefined;
  const dueAt = nextTimeAfter(now, zoneOf(interest, site), WEEKLY_AT, MONDAY);
  const begins = Math.min(event.window.start.at, formerWindow?.start.at ?? Number.POSITIVE_INFINITY);
  if (begins <= dueAt) return { dueAt: holdUntil(notice, interest, now) ?? 0, bundle: "week" };
  return { dueAt, bundle: "week", expiresAt: event.window.end.at };
}
