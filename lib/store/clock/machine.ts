import { readFileSync } from "node:fs";
import { uptime } from "node:os";

/** One look at the clocks of this machine. */
export interface Moment {
  /** What the clock on the wall says, in milliseconds since the epoch. Anybody can set it. */
  readonly at: number;
  /** How long the machine has been up, in milliseconds, sleep included: nobody can set that. */
  readonly upMs: number;
  /** Which start of the machine that counts from; empty where the system does not say. */
  readonly boot: string;
}

export function momentOf(at: number): Moment {
  return { at, upMs: uptime() * 1_000, boot: bootId() };
}

/** Linux gives every start an id of its own. */
function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}
