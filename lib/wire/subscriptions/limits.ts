import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

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
    try {
      await this.#networks.consume(networkOf(senderOf(request)));
      await this.#overall.consume("all");
      return undefined;
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      return Math.ceil(refused.msBeforeNext / 1000) || 1;
    }
  }
}

/**
 * Where a request comes from. What a proxy says is believed only of a proxy in the same machine or network, and of it
 * the last entry alone: that one it has seen itself, whatever else the sender wrote.
 */
function senderOf({ headers, socket }: IncomingMessage): string {
  const { remoteAddress: peer = "" } = socket;
  const last =
    String(headers["x-forwarded-for"] ?? "")
      .split(",")
      .at(-1)
      ?.trim() ?? "";
  return ipaddr.isValid(last) && isNear(peer) ? last : peer;
}

function isNear(peer: string): boolean {
  return ipaddr.isValid(peer) && ["loopback", "private", "uniqueLocal"].includes(ipaddr.process(peer).range());
}

/** One customer of an access provider has all of an IPv6 network of 64 bits, and often several addresses of a /24. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const read = ipaddr.process(address);
  return "parts" in read ? read.parts.slice(0, 4).join(":") : read.octets.slice(0, 3).join(".");
}
