import { failure } from "#lib/model/failure.ts";
import type { Environment } from "#lib/settings/environment.ts";
import type { Database } from "../dialect.ts";
import { CLOCK_REMEDY, confirmTime, timeOf, trustTime } from "./time-of.ts";

/** What of the options of a publication is about time. */
interface Timed<Preview> {
  readonly now: number;
  readonly isClockRight?: boolean;
  readonly confirmClock?: (doubt: string) => Promise<boolean>;
  readonly approve?: (preview: Preview) => Promise<boolean>;
}

/**
 * Publishes by a time that can be trusted: the database's own where it has one. Where there is reason to doubt the
 * machine's clock, everything is shown, and whoever publishes is asked about the clock before anything is written.
 * @throws with the code `CLOCK` when nobody says that it is right: then nothing was written
 */
export async function byTrustedTime<T, Preview, Options extends Timed<Preview>>(
  database: Database,
  environment: Environment,
  options: Options & Timed<Preview>,
  act: (options: Options) => Promise<T>,
): Promise<T> {
  const wall = options.now;
  const { now, doubt } = await timeOf(database, environment, wall);
  if (doubt === undefined || options.isClockRight) {
    if (doubt !== undefined) await confirmTime(database, environment, wall);
    const done = await act({ ...options, now });
    await trustTime(environment, wall);
    return done;
  }
  const approve = async (preview: Preview) => {
    if (options.approve && !(await options.approve(preview))) return false;
    if (!(await options.confirmClock?.(doubt))) {
      throw failure("CLOCK", `${doubt} Nothing was published. ${CLOCK_REMEDY}`);
    }
    await confirmTime(database, environment, wall);
    return true;
  };
  return await act({ ...options, now, approve });
}
