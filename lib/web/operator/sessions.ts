import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Tokens } from "#lib/access/tokens.ts";
import type { Token } from "#lib/model/access.ts";
import { orAway } from "#lib/store/away.ts";
import type { Database } from "#lib/store/dialect.ts";
import { closeSession, type KeptSession, keepNotice, openSession, sessionById, takeKept } from "#lib/store/sessions.ts";
import type { Typed } from "./views.ts";

/** Somebody who is signed in, as one request has it. */
export interface Session {
  /** What the cookie holds. */
  readonly id: string;
  /** What a form of this session has to bring. */
  readonly csrf: string;
  /** What this request has done, to be told once, on the next page. */
  notice?: string;
}

/** What was typed into the form of a page before the last session ended. */
interface Carried {
  readonly path: string;
  readonly typed: Typed;
}

/** Who asks, and what waits for them. */
export interface SignedIn {
  readonly session: Session;
  /** The token that the session stands on, as it is now: without it there is no session. */
  readonly token: Token;
  readonly kept: KeptSession;
}

/** As long as a night shift. */
const LASTS_MS = 12 * 60 * 60_000;
const MOST = 1000;

const COOKIE = "candor_operator";

const WHO = "nobody knows who is signed in";

/**
 * Who is signed in, at whichever server. Whoever has a copy of the database cannot go on with a session: it holds a hash of
 * the id, which is 256 random bits, and the mark of its forms is made of the id and kept nowhere.
 */
export class Sessions {
  readonly #database: Database;
  readonly #tokens: Tokens;

  constructor(database: Database, tokens: Tokens) {
    this.#database = database;
    this.#tokens = tokens;
  }

  async open({ hash }: Token, now: number, carried?: Carried): Promise<Session> {
    const session = sessionOf(secret());
    const kept: KeptSession = {
      id: hashOf(session.id),
      token: hash,
      ends_at: now + LASTS_MS,
      notice: null,
      carried: carried === undefined ? null : JSON.stringify(carried),
    };
    await openSession(this.#database, kept, { now, most: MOST }).catch(orAway(WHO));
    return session;
  }

  /** Who asks; undefined without a session, or when it or its token is over. Without a cookie nothing is looked up. */
  async find(request: IncomingMessage, now: number): Promise<SignedIn | undefined> {
    const id = cookieOf(request);
    if (id === undefined) return undefined;
    const kept = await sessionById(this.#database, hashOf(id), now).catch(orAway(WHO));
    const token = kept && (await this.#tokens.ofHash(kept.token, now));
    return token && { session: sessionOf(id), token, kept };
  }

  /** What waits for the page of a path, which is shown now: on this one, and on no other. */
  async take({ kept }: SignedIn, path: string): Promise<{ readonly notice?: string; readonly typed: Typed }> {
    const { id, notice, carried: text } = kept;
    const take = (what: "notice" | "carried", of: string) => takeKept(this.#database, id, what, of).catch(orAway(WHO));
    const carried = text === null ? undefined : (JSON.parse(text) as Carried);
    return {
      ...(notice !== null && (await take("notice", notice)) ? { notice } : {}),
      typed: text !== null && carried?.path === path && (await take("carried", text)) ? carried.typed : {},
    };
  }

  /** Keeps what a request has done, to be told. What was done is done, so it is no failure when that cannot be noted. */
  async note({ id, notice }: Session): Promise<void> {
    if (notice !== undefined) await keepNotice(this.#database, hashOf(id), notice).catch(() => undefined);
  }

  async close({ id }: Session): Promise<void> {
    await closeSession(this.#database, hashOf(id)).catch(orAway("you are still signed in"));
  }
}

function sessionOf(id: string): Session {
  return { id, csrf: createHmac("sha256", id).update("forms of the operator's page").digest("base64url") };
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

function hashOf(id: string): string {
  return createHash("sha256").update(id).digest("hex");
}

function cookieOf({ headers }: IncomingMessage): string | undefined {
  return new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{43})(?:;|$)`).exec(headers.cookie ?? "")?.[1];
}
