import { setTimeout as sleep } from "node:timers/promises";

/**
 * Longer than anything takes that works, however busy the machine is, in milliseconds: it ends what hangs, and measures
 * nothing. `expect.poll` keeps to it by itself.
 */
export const HANG_GUARD_MS = 120_000;

/** A whole test waits for several things one after the other; the guard of the one that hangs is to end it, and name it. */
export const TEST_GUARD_MS = 300_000;

/** A limit of what is tested that no test is to reach: the test itself would have ended before. */
export const NEVER_MS = 2 * TEST_GUARD_MS;

/** How long a receiver that says nothing is waited for where that is what is tested: everything before has long happened. */
export const SILENCE_MS = 2_000;

/** For `vi.waitFor`. */
export const HANGS = { timeout: HANG_GUARD_MS, interval: 20 };

/**
 * Waits until something is so.
 * @throws when it hangs
 */
export async function until(isSo: () => boolean | Promise<boolean>, everyMs = 20): Promise<void> {
  for (let waited = 0; !(await isSo()); waited += everyMs) {
    if (waited >= HANG_GUARD_MS) throw new Error("It hangs: it did not happen.");
    await sleep(everyMs);
  }
}
