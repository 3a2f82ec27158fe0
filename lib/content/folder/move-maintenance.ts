import { timeForMachines } from "#lib/calendar/words.ts";
import { offsetAt } from "#lib/calendar/zone.ts";
import { isOver, isUnderWay } from "#lib/model/course.ts";
import type { Instant } from "#lib/model/time.ts";
import { setKey } from "../author/set-key.ts";
import { spokenEnd } from "../author/spoken-end.ts";
import { spokenTime } from "../author/spoken-time.ts";
import { readInstant } from "../parse/when.ts";
import type { ContentFolder, Written } from "./content-folder.ts";
import type { FoundEntry } from "./find-entry.ts";
import { badTime, writeUpdate } from "./write.ts";

/** A new window for planned work, said as a person says it. */
export interface Move {
  /** A new beginning, to which the window moves; left out, only its end moves. */
  readonly start?: string | undefined;
  /** A new end: a length of time counts from the new beginning or, where that stays, from the former end. Left out, the work takes as long as before. */
  readonly end?: string | undefined;
  /** What customers read, as Markdown. */
  readonly message: string;
}

/** Moves the window of planned work, or its end alone, and says so in an update. @throws when a time cannot be understood or is past */
export async function moveMaintenance(
  contentFolder: ContentFolder,
  found: FoundEntry,
  move: Move,
  now: number,
): Promise<Written> {
  const { scheduled } = found.entry;
  if (!scheduled || isOver(found.entry, now)) return unmoved(found);
  const hasBegun = now >= scheduled.start.at || found.entry.updates.some(({ status }) => isUnderWay(status));
  if (move.start !== undefined && hasBegun) {
    return refused(found, "The maintenance has begun, so it cannot be postponed.", "Extend it, or cancel it.");
  }
  const { start, end } = windowOf(contentFolder, scheduled, move, now);
  const said = { at: "now", status: "update", message: move.message } as const;
  return await writeUpdate(contentFolder, found, said, now, (source) =>
    setKey(start === undefined ? source : setKey(source, ["scheduled", "start"], start), ["scheduled", "end"], end),
  );
}

/** Says that planned work will not take place, or is broken off. */
export async function cancelMaintenance(
  contentFolder: ContentFolder,
  found: FoundEntry,
  message: string,
  now: number,
): Promise<Written> {
  if (!found.entry.scheduled || isOver(found.entry, now)) return unmoved(found);
  return await writeUpdate(contentFolder, found, { at: "now", status: "cancelled", message }, now);
}

/** Why what is no maintenance, or is over, cannot be moved. */
function unmoved(found: FoundEntry): Written {
  return found.entry.scheduled
    ? refused(found, "The maintenance is over.", "Announce a new one.")
    : refused(found, "This is no maintenance.", "Name one that has a window (“scheduled”).");
}

function windowOf(
  { config: { timezone } }: ContentFolder,
  former: { readonly start: Instant; readonly end: Instant },
  move: Move,
  now: number,
): { readonly start?: string; readonly end: string } {
  const read = (spoken: ReturnType<typeof spokenTime>, field: "start" | "end", after: number): Instant => {
    if ("fault" in spoken) throw badTime(field, spoken.fault);
    const instant = readInstant(spoken.at, timezone);
    if ("fault" in instant) throw badTime(field, instant.fault);
    if (instant.value.at > after) return instant.value;
    const message = `The new ${field === "start" ? "beginning" : "end"} would be ${spoken.at}, which is ${after === now ? "past" : "no later than before"}.`;
    throw badTime(field, { message, remedy: "Say a later time." });
  };
  if (move.start === undefined) {
    const end = read(spokenEnd(move.end ?? "", former.end, timezone, now), "end", Math.max(now, former.end.at));
    return { end: timeForMachines(end) };
  }
  const start = read(spokenTime(move.start, timezone, now, "future"), "start", now);
  const at = start.at + former.end.at - former.start.at;
  const end =
    move.end === undefined
      ? { ...start, at, offset: offsetAt(at, timezone) }
      : read(spokenEnd(move.end, start, timezone, now), "end", start.at);
  return { start: timeForMachines(start), end: timeForMachines(end) };
}

function refused({ file }: FoundEntry, message: string, remedy: string): Written {
  const place = { file, line: 1, column: 1 };
  return { kind: "refused", problems: [{ rule: "maintenance-window", severity: "error", place, message, remedy }] };
}
