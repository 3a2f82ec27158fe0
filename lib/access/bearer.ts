import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { type Token, tokenOf } from "./tokens.ts";

/** Wrong tokens that one address may send in a quarter of an hour. */
const WRONG_TOKENS = 10;
const WINDOW_SECONDS = 15 * 60;

/** Who asks, or why that is not known. */
export type Asked =
  | { readonly token: Token }
  | { readonly kind: "none" | "wrong" }
  | { readonly kind: "too-many"; readonly seconds: number };

/**
 * Knows people and machines by their tokens. Somebody who has sent too many wrong ones is told to wait; a right token is
 * taken all the same, as 256 random bits are not guessed, and behind a proxy strangers have the engineer's address.
 */
export class Doorkeeper {
  readonly #data: string;
  readonly #clock: () => number;
  readonly #wrong = new RateLimiterMemory({ points: WRONG_TOKENS, duration: WINDOW_SECONDS });

  constructor(data: string, clock: () => number) {
    this.#data = data;
    this.#clock = clock;
  }

  /** Who sends a secret from an address. */
  async ask(secret: string | undefined, address: string | undefined): Promise<Asked> {
    if (secret === undefined || secret === "") return { kind: "none" };
    const token = secret.length > 200 ? undefined : await tokenOf(this.#data, secret, this.#clock());
    if (token) return { token };
    const counted = await this.#wrong.consume(networkOf(address)).catch((refused: { msBeforeNext: number }) => refused);
    if ("consumedPoints" in counted && Number(counted.consumedPoints) <= WRONG_TOKENS) return { kind: "wrong" };
    return { kind: "too-many", seconds: Math.ceil((counted.msBeforeNext ?? 0) / 1000) || 1 };
  }
}

/** `Authorization: Bearer …` (RFC 6750, section 2.1). */
export function bearerOf({ headers }: IncomingMessage): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(headers.authorization ?? "")?.[1];
}

/** One customer of an access provider has all addresses of an IPv6 network of 64 bits. */
function networkOf(address = ""): string {
  if (!ipaddr.isValid(address)) return address;
  const read = ipaddr.process(address);
  return "parts" in read ? read.parts.slice(0, 4).join(":") : read.toString();
}
