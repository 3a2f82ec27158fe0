import type { Incident, Maintenance } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import type { KnownEvent } from "./known.ts";

/** Zones lie a quarter of an hour apart, or several. */
const QUARTER = 900_000;

/** By how much a zone's clocks differ between summer and winter. */
const SUMMER_TIME = 3_600_000;

/** As many events that moved alike are a zone put right, however many did not. */
const MANY = 3;

/**
 * By how much a whole past was moved, in milliseconds: where all that is over, or three of it, had its start and all its
 * updates moved, each event's by the same time, as when a zone is put right. A start that is corrected by itself is no
 * such move.
 */
export function shiftsOfPast(identified: ReadonlyMap<Incident | Maintenance, KnownEvent>): readonly number[] {
  let unmoved = 0;
  const shifts: number[] = [];
  for (const [event, known] of identified) {
    if (!event.isOver || known.state !== "over") continue;
    const shift = shiftOf(event, known);
    if (shift === undefined) unmoved += 1;
    else shifts.push(shift);
  }
  return unmoved === 0 || shifts.length >= MANY ? shifts : [];
}

/** Whether a window moved as the past did, give or take summer time. */
export function isMovedAlike(event: Maintenance, known: KnownEvent, shifts: readonly number[]): boolean {
  const former = known.window;
  if (!former) return false;
  const start = event.window.start.at - former.start;
  const end = event.window.end.at - former.end;
  return shifts.some((shift) => isNear(start, shift) && isNear(end, shift));
}

function isNear(a: number, b: number): boolean {
  return Math.sign(a) === Math.sign(b) && Math.abs(a - b) <= SUMMER_TIME;
}

/** The one time by which all of an event was moved; undefined where it was not, or not as a whole. */
function shiftOf(event: Incident | Maintenance, known: KnownEvent): number | undefined {
  const shift = earliest(event.started) - known.startedAt;
  if (shift === 0 || shift % QUARTER !== 0) return undefined;
  const times = new Set(known.updates.map(({ at }) => at));
  return event.updates.every(({ at }) => times.has(earliest(at) - shift)) ? shift : undefined;
}
