import { RateLimiterRes } from "rate-limiter-flexible";

/** Takes what a limiter still gives. @returns how many seconds to wait, when that was one too many */
export async function secondsToWait(take: () => Promise<unknown>): Promise<number | undefined> {
  try {
    await take();
    return undefined;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return Math.ceil(refused.msBeforeNext / 1_000) || 1;
  }
}
