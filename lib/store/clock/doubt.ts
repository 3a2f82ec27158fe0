import type { Moment } from "./machine.ts";

/** The last moment at which the clock was held to be right. */
export interface KeptMoment extends Moment {
  /** Instants in the store up to here are known to be wrong: somebody has said that the clock is right, and earlier. */
  readonly wrongUntil?: number;
}

/** Clocks that are kept by NTP, and those of several machines, differ by less, in milliseconds. */
const LIMIT_MS = 5 * 60_000;

/** A machine that was started anew and has heard nothing for so long may have come up with a wrong clock, in milliseconds. */
const LONG_MS = 24 * 3_600_000;

/** Why the clock is doubted, and what time it is more likely to be. */
export interface Doubt {
  /** A sentence. */
  readonly message: string;
  /** Milliseconds since the epoch. */
  readonly likely: number;
}

/**
 * Whether there is reason to believe that the clock is wrong. Within one start of the machine it is held
 * against the time that has passed; and always against the newest instant that the store has (`newest`).
 */
export function doubtOf(now: Moment, kept: KeptMoment | undefined, newest: number): Doubt | undefined {
  const says = `The clock of this machine says ${instant(now.at)}`;
  if (kept && kept.boot !== "" && kept.boot === now.boot) {
    const expected = kept.at + (now.upMs - kept.upMs);
    if (Math.abs(now.at - expected) <= LIMIT_MS) return undefined;
    const should = `by the time that has passed since it was last looked at it should be ${instant(expected)}`;
    return { message: `${says}, but ${should}.`, likely: expected };
  }
  if (newest > now.at + LIMIT_MS && newest > (kept?.wrongUntil ?? 0)) {
    return { message: `${says}, but the newest entry in the database is of ${instant(newest)}.`, likely: newest };
  }
  if (kept && now.at > Math.max(kept.at, newest) + LONG_MS) {
    const last = instant(Math.max(kept.at, newest));
    const why = `the last sign of life is of ${last}: the machine has been started anew since, and its clock may be wrong`;
    return { message: `${says}, and ${why}.`, likely: now.at };
  }
  return undefined;
}

function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")}Z`;
}
