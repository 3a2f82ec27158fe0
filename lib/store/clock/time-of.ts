import type { Environment } from "#lib/settings/environment.ts";
import type { Database } from "../dialect.ts";
import { databaseTime, newestInstant } from "../newest-instant.ts";
import { doubtOf } from "./doubt.ts";
import { keepMoment, keptMoment } from "./keep.ts";
import { momentOf } from "./machine.ts";

/** The time by which is decided what is told. */
export interface Time {
  /** Milliseconds since the epoch: by the database's clock where it has one of its own. */
  readonly now: number;
  /** What it is more likely to be where that is in doubt; otherwise the same. */
  readonly likely: number;
  /** Why it may be wrong, as a sentence. */
  readonly doubt?: string;
}

/** What the clock that is watched is held against. */
type Place = Pick<Environment, "data" | "watchesClock">;

/** Looks at the clock, and whether there is reason to doubt it. @param wall what this machine's clock says */
export async function timeOf(database: Database, { data, watchesClock }: Place, wall: number): Promise<Time> {
  if (!watchesClock) return { now: wall, likely: wall };
  const own = await databaseTime(database);
  if (own !== undefined) return { now: own, likely: own };
  const doubt = doubtOf(momentOf(wall), await keptMoment(data), await newestInstant(database));
  return doubt ? { now: wall, likely: doubt.likely, doubt: doubt.message } : { now: wall, likely: wall };
}

/** Notes that the clock is held to be right at this moment. */
export async function trustTime({ data, watchesClock }: Place, wall: number): Promise<void> {
  if (!watchesClock) return;
  const { wrongUntil } = (await keptMoment(data)) ?? {};
  await keepMoment(data, { ...momentOf(wall), ...(wrongUntil === undefined ? {} : { wrongUntil }) });
}

/** Somebody has said that the clock is right, whatever there is in the store. */
export async function confirmTime(database: Database, { data, watchesClock }: Place, wall: number): Promise<void> {
  if (!watchesClock) return;
  await keepMoment(data, { ...momentOf(wall), wrongUntil: await newestInstant(database) });
}

/** What to do about a clock that may be wrong. */
export const CLOCK_REMEDY =
  "Nothing is told by it until it is right again or somebody says that it is. Set the clock, by NTP best; if it is right, say so: on the operator's page, or by “npm run candor -- publish --clock-is-right”.";
