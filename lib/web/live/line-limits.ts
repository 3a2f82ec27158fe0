import type { IncomingMessage } from "node:http";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { secondsToWait } from "../limits/seconds-to-wait.ts";
import { isNear, networkOf, senderOf } from "../limits/sender.ts";

/** Connections that one network may open in ten minutes; those of wallboards leave entries in the ledger. */
const PER_NETWORK = 6_000;
const BOARDS_PER_NETWORK = 600;
const TEN_MINUTES_SECONDS = 600;

/** Keeps a stranger from filling the ledger, or from being told the same over and over. */
export class LineLimits {
  readonly #all = new RateLimiterMemory({ points: PER_NETWORK, duration: TEN_MINUTES_SECONDS });
  readonly #boards = new RateLimiterMemory({ points: BOARDS_PER_NETWORK, duration: TEN_MINUTES_SECONDS });

  /** Counts a connection. @returns how many seconds its sender has to wait, if it is one too many */
  async count(request: IncomingMessage, isBoard: boolean): Promise<number | undefined> {
    const sender = senderOf(request);
    // In a house of one's own, and behind a proxy that does not say whom it speaks for.
    if (isNear(sender)) return undefined;
    return await secondsToWait(() => (isBoard ? this.#boards : this.#all).consume(networkOf(sender)));
  }
}
