import type { Environment } from "#lib/settings/environment.ts";
import { CLOCK_REMEDY, timeOf, trustTime } from "#lib/store/clock/time-of.ts";
import type { Database } from "#lib/store/dialect.ts";
import type { Found } from "./troubles/find.ts";

/** A clock that goes on steadily, whatever the one on the wall does. */
export interface WatchedClock {
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Whether what time alone brings has to wait: the clock on the wall has jumped, or the store says otherwise. */
  readonly isInDoubt: () => boolean;
  /** The doubt as a trouble, if there is any. */
  readonly troubles: () => readonly Found[];
  /** Looks at the wall, and follows it unless there is reason to doubt it. To be done every few seconds. */
  check(): Promise<void>;
}

/** Watches the clock of a process that runs for long. @param wall what this machine's clock says */
export async function watchClock(
  database: Database,
  environment: Pick<Environment, "data" | "watchesClock">,
  wall: () => number,
): Promise<WatchedClock> {
  if (!environment.watchesClock) {
    return { clock: wall, isInDoubt: () => false, troubles: () => [], check: () => Promise.resolve() };
  }
  let base: { readonly at: number; readonly since: number } | undefined;
  let doubt: string | undefined;
  const check = async () => {
    const time = await timeOf(database, environment, wall());
    doubt = time.doubt;
    if (doubt !== undefined) {
      base ??= { at: time.likely, since: performance.now() };
      return;
    }
    base = { at: time.now, since: performance.now() };
    await trustTime(environment, wall());
  };
  await check();
  return {
    clock: () => (base ? Math.round(base.at + performance.now() - base.since) : wall()),
    isInDoubt: () => doubt !== undefined,
    troubles: () => (doubt === undefined ? [] : [{ key: "clock", message: `${doubt} ${CLOCK_REMEDY}`, count: 0 }]),
    check,
  };
}
