import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { NARROWEST, networksOf } from "./networks.ts";

/** What became of one act: how many came from its widest network within the time; or how long it has to wait. */
export type Taken = { readonly count: number } | { readonly seconds: number };

/**
 * So many acts in so many seconds from one IPv4 /24 or one IPv6 /64, twice as many from a /56, four times from a /48.
 * Counted by each server for itself, in memory.
 */
export class NetworkLimits {
  readonly #limiter: RateLimiterMemory;

  constructor({ acts, seconds }: { readonly acts: number; readonly seconds: number }) {
    this.#limiter = new RateLimiterMemory({ points: acts * NARROWEST, duration: seconds });
  }

  /** Counts an act of an address, unless that is one too many for a network it stands in. */
  async take(address: string): Promise<Taken> {
    let count: number | undefined;
    // Widest first: what that one refuses makes no entries for narrower ones, of which it has as many as it likes.
    for (const { name, cost } of networksOf(address)) {
      try {
        const { consumedPoints } = await this.#limiter.consume(name, cost);
        count ??= consumedPoints / cost;
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        return { seconds: Math.ceil(refused.msBeforeNext / 1_000) || 1 };
      }
    }
    return { count: count ?? 1 };
  }
}
