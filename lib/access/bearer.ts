import type { IncomingMessage } from "node:http";
import type { Token } from "#lib/model/access.ts";
import { NetworkLimits } from "./limits/network-limits.ts";
import type { Tokens } from "./tokens.ts";

/** Wrong tokens that one network may send in a quarter of an hour. */
const WRONG_TOKENS = { acts: 10, seconds: 15 * 60 };

/** Who asks, or why that is not known. */
export type Asked =
  | { readonly token: Token }
  | { readonly kind: "none" | "wrong" }
  | { readonly kind: "too-many"; readonly seconds: number };

/**
 * Knows people and machines by their tokens. Somebody who has sent too many wrong ones is told to wait; a right token is
 * taken all the same, as 256 random bits are not guessed, and behind a proxy strangers have the engineer's address.
 */
export class TokenAuthenticator {
  readonly #tokens: Tokens;
  readonly #clock: () => number;
  readonly #wrong = new NetworkLimits(WRONG_TOKENS);

  constructor(tokens: Tokens, clock: () => number) {
    this.#tokens = tokens;
    this.#clock = clock;
  }

  /** Who sends a secret from an address. Without one nothing is looked up. @throws when the database does not answer */
  async ask(secret: string | undefined, address: string | undefined): Promise<Asked> {
    if (secret === undefined || secret === "") return { kind: "none" };
    const token = secret.length > 200 ? undefined : await this.#tokens.ofSecret(secret, this.#clock());
    if (token) return { token };
    const taken = await this.#wrong.take(address ?? "");
    return "seconds" in taken ? { kind: "too-many", seconds: taken.seconds } : { kind: "wrong" };
  }
}

/** `Authorization: Bearer …` (RFC 6750, section 2.1). */
export function bearerOf({ headers }: IncomingMessage): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(headers.authorization ?? "")?.[1];
}
