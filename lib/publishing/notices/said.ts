import { overSince } from "#lib/model/course.ts";
import type { Incident, Maintenance, Update } from "#lib/model/site.ts";
import { earliest, latest } from "#lib/model/time.ts";
import { plain } from "./known.ts";

/**
 * The updates that have been said by `now`. One written ahead waits for its time, but not the announcement of work that
 * is dated by the work itself, nor, of what is over, what came before its end: a time that lies a little ahead there is
 * a slip of the pen. A correction is none of them: it is told by itself, to those who were told what it corrects.
 */
export function saidOf(event: Incident | Maintenance, now: number): readonly Update[] {
  const over = event.isOver ? overSince(event) : undefined;
  const until = over ? Math.max(now, latest(over)) : now;
  const isAnnouncement = ({ status, at }: Update) =>
    event.kind === "maintenance" && status === "scheduled" && earliest(at) >= event.window.start.at;
  return event.updates.filter(
    (update) => !update.isCorrection && (earliest(update.at) <= until || isAnnouncement(update)),
  );
}

/** Whether an update says nothing but its own status ("Resolved."): to who knows that already it is no news. */
export function isBare({ body, status }: Update): boolean {
  return (
    plain(body)
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim() === status.replace("_", " ")
  );
}
