import { Agent, type Dispatcher } from "undici";
import type { AddressRules } from "../channel.ts";
import { faultOf } from "./guard.ts";
import { guardedLookup, PRIVATE, type Resolve, resolvePrivate, resolvePublic } from "./lookup.ts";
import { Rests } from "./rests.ts";

export interface SenderSettings extends AddressRules {
  /** What one request may take, waiting for a connection included, in milliseconds. */
  readonly timeoutMs?: number;
  /** How long of that it may wait for a connection: one slow host shall not fill all places of the workers. */
  readonly waitMs?: number;
  /** How many requests may be under way to one host at a time. */
  readonly perHost?: number;
  /** How names are looked up; tests put their own in. */
  readonly resolve?: Resolve;
  readonly now: () => number;
}

export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** How one request ended. `left` says whether its body may have left. */
export type HttpEnding =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly headers: Readonly<Record<string, unknown>>;
      readonly text: string;
    }
  | { readonly kind: "silent"; readonly left: boolean; readonly detail: string }
  | { readonly kind: "stopped"; readonly left: boolean }
  /** Nothing left, and nothing ever will to this address. */
  | { readonly kind: "barred"; readonly detail: string }
  | { readonly kind: "resting"; readonly forMs: number };

/** No answer that we need is longer; whatever follows is not read. */
const MOST_ANSWER = 65_536;

/** How long the answer to content that has left is waited for once it is stopped: better known than unknown. */
const ANSWER_MS = 300;

/** How long the rest of an answer is waited for once its status is known, in milliseconds. */
const TAIL_MS = 1000;

const CONNECT_MS = 5000;
const WAIT_MS = 5000;

/**
 * Posts to addresses that strangers gave: never into a private network, never along a redirect, never for long, and
 * never twice. Each host has connections of its own, so that a slow one does not hold up the others.
 */
export class HttpSender {
  readonly #settings: SenderSettings;
  readonly #timeoutMs: number;
  readonly #agent: Agent;
  readonly #rests = new Rests();

  constructor(settings: SenderSettings) {
    this.#settings = settings;
    this.#timeoutMs = settings.timeoutMs ?? 15_000;
    const resolve = settings.resolve ?? (settings.allowPrivateTargets ? resolvePrivate : resolvePublic());
    this.#agent = new Agent({
      connect: { lookup: guardedLookup(resolve, settings), timeout: CONNECT_MS },
      connections: settings.perHost ?? 16,
      pipelining: 1,
      allowH2: false,
      // One clock of our own, for the whole of it.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  async post(request: HttpRequest, signal: AbortSignal): Promise<HttpEnding> {
    if (signal.aborted) return { kind: "stopped", left: false };
    const url = new URL(request.url);
    const fault = faultOf(url, this.#settings);
    if (fault) return { kind: "barred", detail: fault };
    const forMs = this.#rests.left(url.host, this.#settings.now());
    if (forMs > 0) return { kind: "resting", forMs };
    const { now } = this.#settings;
    const latest = now() + this.#timeoutMs;
    const exchange = new Exchange(() => now() > latest);
    const stop = () => exchange.stop();
    const late = (detail: string) => exchange.end({ kind: "silent", left: exchange.left, detail });
    const waitMs = Math.min(this.#settings.waitMs ?? WAIT_MS, this.#timeoutMs);
    let timer = setTimeout(() => {
      if (!exchange.left) late("It took too long to get a connection.");
      timer = setTimeout(() => late("It took too long to answer."), this.#timeoutMs - waitMs);
    }, waitMs);
    signal.addEventListener("abort", stop, { once: true });
    try {
      const { body, headers } = request;
      this.#agent.dispatch(
        { origin: url.origin, path: url.pathname + url.search, method: "POST", headers, body },
        exchange,
      );
      const ending = await exchange.ending;
      if (ending.kind === "answered") this.#rests.end(url.host);
      if (ending.kind === "silent") this.#rests.count(url.host, this.#settings.now());
      return ending;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}

/** One request and its answer. */
class Exchange implements Dispatcher.DispatchHandler {
  left = false;
  readonly ending: Promise<HttpEnding>;
  readonly #resolve: (ending: HttpEnding) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #isOver = false;
  #answer: { readonly status: number; readonly headers: Readonly<Record<string, unknown>> } | undefined;
  #tail: NodeJS.Timeout | undefined;
  readonly #chunks: Buffer[] = [];
  #size = 0;

  readonly #isTooLate: () => boolean;

  /** @param isTooLate told apart from a timer: a process that was held up comes to its answers before its timers */
  constructor(isTooLate: () => boolean) {
    this.#isTooLate = isTooLate;
    const { promise, resolve } = Promise.withResolvers<HttpEnding>();
    this.ending = promise;
    this.#resolve = resolve;
  }

  /** Ends it, with the answer if there is one, otherwise as told; what is still under way is cut off. */
  end(otherwise: HttpEnding): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#tail);
    const answer = this.#answer;
    this.#resolve(answer ? { kind: "answered", ...answer, text: Buffer.concat(this.#chunks).toString() } : otherwise);
    this.#controller?.abort(new Error("It is over."));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isTooLate()) this.end({ kind: "silent", left: false, detail: "Its turn came too late." });
    else if (this.#isOver) controller.abort(new Error("It was over before it began."));
  }

  /** Nothing more leaves; what has left may still be answered for a moment. */
  stop(): void {
    const { left } = this;
    clearTimeout(this.#tail);
    if (left) this.#tail = setTimeout(() => this.end({ kind: "stopped", left }), ANSWER_MS);
    else this.end({ kind: "stopped", left });
  }

  onBodySent(): void {
    this.left = true;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Record<string, unknown>): void {
    if (status < 200) return;
    this.#answer = { status, headers };
    clearTimeout(this.#tail);
    this.#tail = setTimeout(() => this.#finish(), TAIL_MS);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > MOST_ANSWER) this.#finish();
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#controller = undefined;
    this.#finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: NodeJS.ErrnoException): void {
    this.#controller = undefined;
    if (error.code === PRIVATE) this.end({ kind: "barred", detail: error.message });
    else this.end({ kind: "silent", left: this.left, detail: error.code ?? error.name });
  }

  #finish(): void {
    this.end({ kind: "silent", left: this.left, detail: "It ended without an answer." });
  }
}
