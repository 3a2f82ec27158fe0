import type { IncomingMessage } from "node:http";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { secondsToWait } from "../limits/seconds-to-wait.ts";
import { networkOf, senderOf } from "../limits/sender.ts";

/** Forms that one network may send in an hour, and all networks together. */
const PER_NETWORK = 30;
const OVERALL = 2_000;
const HOUR_SECONDS = 3_600;

/** Keeps strangers from signing up in masses: what counts is where a form comes from, never what is in it. */
export class SignUpLimits {
  readonly #networks = new RateLimiterMemory({ points: PER_NETWORK, duration: HOUR_SECONDS });
  readonly #overall = new RateLimiterMemory({ points: OVERALL, duration: HOUR_SECONDS });

  /** Counts a form. @returns how many seconds its sender has to wait, if it is one too many */
  async count(request: IncomingMessage): Promise<number | undefined> {
    return await secondsToWait(async () => {
      await this.#networks.consume(networkOf(senderOf(request)));
      await this.#overall.consume("all");
    });
  }
}
