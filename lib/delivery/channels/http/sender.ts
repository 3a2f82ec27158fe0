import { buildConnector } from "undici";
import { messagesIn } from "#lib/messages/messages.ts";
import type { AddressRules } from "../read-address.ts";
import { addressFaultWords } from "../read-address.ts";
import type { HttpEnding } from "./exchange.ts";
import { faultOf } from "./guard.ts";
import { Host } from "./host.ts";
import { guardedLookup, type Resolve, resolvePrivate, resolvePublic } from "./lookup.ts";

export interface SenderSettings extends AddressRules {
  /** What one request may take from its being handed over to its answer, in milliseconds. */
  readonly timeoutMs?: number;
  /** How long of that it may wait for a connection: one slow host shall not fill all places of the workers. */
  readonly waitMs?: number;
  /** How many requests may be under way to one host at a time. */
  readonly perHost?: number;
  /** How names are looked up; tests put their own in. */
  readonly resolve?: Resolve;
  readonly now: () => number;
}

const CONNECT_MS = 5000;
const WAIT_MS = 5000;

export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** As many hosts are remembered before those that nothing is under way to are forgotten. */
const KEPT_HOSTS = 1_000;

/**
 * Posts to addresses that strangers gave: never into a private network, never along a redirect, never for long, and
 * never twice. Each host has connections of its own, so that a slow one does not hold up the others.
 */
export class HttpSender {
  readonly #settings: SenderSettings;
  readonly #connect: buildConnector.connector;
  readonly #hosts = new Map<string, Host>();
  #isClosed = false;

  constructor(settings: SenderSettings) {
    this.#settings = settings;
    const resolve = settings.resolve ?? (settings.allowPrivateTargets ? resolvePrivate : resolvePublic());
    this.#connect = buildConnector({ lookup: guardedLookup(resolve, settings), timeout: CONNECT_MS, allowH2: false });
  }

  /**
   * Posts once. Never throws.
   * @param hold nothing leaves once it is aborted; what has left is waited for
   * @param stop everything ends once it is aborted; `hold` is aborted with it, or before
   */
  async post(request: HttpRequest, hold: AbortSignal, stop = hold): Promise<HttpEnding> {
    if (hold.aborted || this.#isClosed) return { kind: "stopped", left: false };
    const url = new URL(request.url);
    const fault = faultOf(url, this.#settings);
    if (fault) return { kind: "barred", detail: addressFaultWords({ fault }, messagesIn("en")).message };
    const { body, headers } = request;
    return await this.#hostOf(url.origin).post({ path: url.pathname + url.search, headers, body }, hold, stop);
  }

  close(): Promise<void> {
    this.#isClosed = true;
    for (const host of this.#hosts.values()) host.close();
    return Promise.resolve();
  }

  #hostOf(origin: string): Host {
    const known = this.#hosts.get(origin);
    if (known) return known;
    if (this.#hosts.size >= KEPT_HOSTS) {
      for (const [name, host] of this.#hosts) if (host.isUnused) this.#hosts.delete(name);
    }
    const { now, perHost = 16, timeoutMs = 15_000, waitMs = WAIT_MS } = this.#settings;
    const host = new Host(origin, this.#connect, perHost, { now, timeoutMs, waitMs: Math.min(waitMs, timeoutMs) });
    this.#hosts.set(origin, host);
    return host;
  }
}
