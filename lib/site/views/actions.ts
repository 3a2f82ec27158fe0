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

const made = new WeakMap<Site, FollowUpLists>();

/** As it is when the site was compiled, which is done anew when a date passes. */
export function followUpLists(site: Site): FollowUpLists {
  const known = made.get(site) ?? listsOf(site);
  made.set(site, known);
  return known;
}

function listsOf(site: Site): FollowUpLists {
  const all = historyOf(site).events.flatMap((event) => event.actions.map((action) => ({ event, action })));
  const ofDue = ({ action: { due } }: FollowUp) => due?.endsAt ?? Number.POSITIVE_INFINITY;
  const pending = all.filter(({ action }) => !action.done).toSorted((a, b) => compare(ofDue(a), ofDue(b)));
  const overdue = pending.filter(({ action }) => isOverdue(action, site.now));
  const open = pending.filter(({ action }) => !isOverdue(action, site.now));
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
