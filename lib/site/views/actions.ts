import type { Action } from "#lib/model/incident.ts";
import type { Site } from "#lib/model/site.ts";
import { type AnyEvent, EVENTS_PER_PAGE, historyOf } from "./history.ts";

/** An action with the event that it follows from. */
export interface FollowUp {
  readonly event: AnyEvent;
  readonly action: Action;
}

/** The follow-up of all events, in parts of `EVENTS_PER_PAGE`. */
export interface FollowUpLists {
  /** Promised for a date that has passed, the longest overdue first. */
  readonly overdue: readonly FollowUp[];
  /** To be done: what is promised soonest first, what has no date last. */
  readonly open: readonly FollowUp[];
  /** Newest first. */
  readonly done: readonly FollowUp[];
  /** How many pages they fill. */
  readonly pages: number;
}

/** @param now milliseconds since the epoch */
export function followUpLists(site: Site, now: number): FollowUpLists {
  const all = historyOf(site).events.flatMap((event) => event.actions.map((action) => ({ event, action })));
  const ofDue = ({ action: { due } }: FollowUp) => due?.endsAt ?? Number.POSITIVE_INFINITY;
  const pending = all.filter(({ action }) => !action.done).toSorted((a, b) => compare(ofDue(a), ofDue(b)));
  const overdue = pending.filter(({ action }) => isOverdue(action, now));
  const open = pending.filter(({ action }) => !isOverdue(action, now));
  const done = all
    .filter(({ action }) => action.done)
    .toSorted((a, b) => compare(b.action.done?.endsAt ?? 0, a.action.done?.endsAt ?? 0));
  const longest = Math.max(overdue.length, open.length, done.length);
  return { overdue, open, done, pages: Math.max(1, Math.ceil(longest / EVENTS_PER_PAGE)) };
}

/** Whether its date has passed and nobody has said that it is done. */
export function isOverdue({ done, due }: Action, now: number): boolean {
  return !done && due !== undefined && now >= due.endsAt;
}

/** Two that have no date are equal, which their difference would not say. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
