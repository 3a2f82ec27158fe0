import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { LRUCache } from "lru-cache";
import type { Tokens } from "#lib/access/tokens.ts";
import type { Token } from "#lib/model/access.ts";
import type { Typed } from "./pages/fields.ts";

/** Somebody who is signed in. */
export interface Session {
  readonly id: string;
  /** The hash of the token that was shown: without the token there is no session. */
  readonly token: string;
  readonly csrf: string;
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
  /** What was just done, to be told once. */
  notice?: string;
  /** What was typed into the form of a page before the last session ended. */
  carried?: { readonly path: string; readonly typed: Typed };
}

/** As long as a night shift. */
const LASTS_MS = 12 * 60 * 60_000;
const MOST = 1000;

const COOKIE = "candor_operator";

/** Who is signed in. Kept in memory: when the server starts anew, everybody signs in again. */
export class Sessions {
  readonly #sessions = new LRUCache<string, Session>({ max: MOST });

  open(token: Token, now: number): Session {
    const made: Session = { id: secret(), token: token.hash, csrf: secret(), endsAt: now + LASTS_MS };
    this.#sessions.set(made.id, made);
    return made;
  }

  /** The session of a request and the token it stands on, as that is now. */
  async find(
    request: IncomingMessage,
    tokens: Tokens,
    now: number,
  ): Promise<{ session: Session; token: Token } | undefined> {
    const session = this.#sessions.get(cookieOf(request) ?? "");
    if (!session || session.endsAt <= now) return undefined;
    const token = await tokens.ofHash(session.token, now);
    return token && { session, token };
  }

  close({ id }: Session): void {
    this.#sessions.delete(id);
  }
}

/** The cookie that stands for a session; without one, the cookie that ends it. */
export function cookieFor(session: Session | undefined, isSecure: boolean): string {
  const life = session ? `Max-Age=${LASTS_MS / 1000}` : "Max-Age=0";
  return `${COOKIE}=${session?.id ?? ""}; Path=/operator; HttpOnly; SameSite=Strict; ${life}${isSecure ? "; Secure" : ""}`;
}

export function isCsrfOf({ csrf }: Session, sent: string): boolean {
  return sent.length === csrf.length && timingSafeEqual(Buffer.from(sent.replace(/[^\w-]/g, "?")), Buffer.from(csrf));
}

/** 256 random bits. */
export function secret(): string {
  return randomBytes(32).toString("base64url");
}

function cookieOf({ headers }: IncomingMessage): string | undefined {
  return new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{43})(?:;|$)`).exec(headers.cookie ?? "")?.[1];
}
