import type { buildConnector } from "undici";
import { Connections } from "../connections.ts";
import { CircuitBreaker } from "./circuit-breaker.ts";
import { HttpConnection, type Post } from "./connection.ts";
import type { HttpEnding } from "./exchange.ts";
import { PRIVATE } from "./lookup.ts";

/** What one request may take, in milliseconds. */
export interface Times {
  readonly now: () => number;
  /** From its being handed over to its answer. */
  readonly timeoutMs: number;
  /** How long of that it may wait for a connection. */
  readonly waitMs: number;
}

/** A host with all its connections taken that has answered nothing for so long hangs: nobody need wait for it. */
const STALLED_MS = 2_000;

/** How long a request is put off that found no free connection: others may use its place meanwhile. */
const BUSY_MS = 5_000;

/** One host: its connections, who waits for one, and whether it answers. */
export class Host {
  readonly #times: Times;
  readonly #connections: Connections<HttpConnection, NodeJS.ErrnoException>;
  readonly #breaker = new CircuitBreaker();
  /** When it last answered, or was last asked after it had nothing to do. */
  #progressAt = 0;
  #underWay = 0;

  /** @param perHost how many requests may be under way to it at a time */
  constructor(origin: string, connect: buildConnector.connector, perHost: number, times: Times) {
    this.#times = times;
    this.#connections = new Connections(
      (onEnd) => new HttpConnection(origin, connect, onEnd),
      () => (this.#breaker.isProbing ? 1 : perHost),
    );
  }

  /** Whether nothing is known of it that would be missed. */
  get isUnused(): boolean {
    return this.#underWay === 0 && this.#connections.isUnused && !this.#breaker.isProbing;
  }

  async post(message: Post, hold: AbortSignal, stop: AbortSignal): Promise<HttpEnding> {
    const { now } = this.#times;
    const forMs = this.#breaker.left(now());
    if (forMs > 0) return { kind: "resting", forMs };
    if (this.#underWay === 0) this.#progressAt = now();
    if (this.#connections.isFull && now() - this.#progressAt > STALLED_MS) return { kind: "busy", forMs: BUSY_MS };
    this.#underWay += 1;
    const ending = await this.#exchange(message, hold, stop, now());
    this.#underWay -= 1;
    if (ending.kind === "answered") {
      this.#progressAt = now();
      this.#breaker.end();
    }
    if (ending.kind === "silent") this.#breaker.count(now());
    return ending;
  }

  async #exchange(message: Post, hold: AbortSignal, stop: AbortSignal, since: number): Promise<HttpEnding> {
    const { now, timeoutMs, waitMs } = this.#times;
    const isLate = () => now() - since > waitMs;
    for (;;) {
      let connection = this.#connections.takeIdle();
      if (!connection) {
        const turn = await this.#connections.take(hold, Math.max(waitMs - (now() - since), 0));
        if (turn === "stopped") return { kind: "stopped", left: false };
        if ("fault" in turn) return endingOf(turn.fault);
        if ("isReached" in turn) return unreached(turn.isReached);
        connection = turn.connection;
      }
      const exchange = connection.send(message, { hold, stop, isLate, answerMs: timeoutMs - (now() - since) });
      const ending = await exchange.ending;
      if (exchange.isWhole) this.#connections.release(connection);
      else this.#connections.drop(connection);
      // The host had ended an idle connection, and nothing of this request has left: another one may carry it.
      if (!connection.isStale(ending)) return ending;
    }
  }

  close(): void {
    this.#connections.close();
  }
}

function unreached(isAtWork: boolean): HttpEnding {
  if (isAtWork) return { kind: "busy", forMs: BUSY_MS };
  return { kind: "silent", left: false, detail: "It took too long to get a connection." };
}

function endingOf({ code, message, name }: NodeJS.ErrnoException): HttpEnding {
  return code === PRIVATE ? { kind: "barred", detail: message } : { kind: "silent", left: false, detail: code ?? name };
}
