import type { Answer } from "#lib/model/delivery.ts";
import { Connections } from "../connections.ts";
import { answerOf, type SmtpFault } from "./answers.ts";
import { type Ending, SmtpConnection } from "./connection.ts";

export interface PoolSettings {
  /** `smtp://…` or `smtps://…`, as nodemailer reads it. */
  readonly url: string;
  readonly maxConnections: number;
  /** What one mail may take from its being handed over to its answer, in milliseconds. Half of it may be waiting for its turn. */
  readonly timeoutMs: number;
  readonly now: () => number;
}

const STOPPED: Answer = { outcome: "unsent", detail: "The mail was stopped before its content had left." };
const STOPPED_LATE: Answer = { outcome: "unknown", detail: "The mail was stopped when its content had left." };

/** RFC 5321, section 4.1.1.4: what has no end must not be delivered. It is no longer true that nothing has left. */
const STOPPED_MIDWAY: Answer = {
  outcome: "deferred",
  detail: "The mail was stopped when a part of its content had left, but not its end.",
  isOurs: true,
};

/** How long a mail is put off that found no free connection, in milliseconds. */
const BUSY_MS = 5_000;
const BUSY: Answer = {
  outcome: "unsent",
  detail: "All connections to the mail server were taken, or it is left alone for a while; nothing had left.",
  retryAfterMs: BUSY_MS,
};

/**
 * How long no connection is opened to a mail server that could not be reached or is closing its connections (421), in
 * milliseconds; doubled each time in a row.
 */
const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 60_000;

/** How soon a mail is tried again whose mail server could not be reached, in milliseconds. */
const RETRY_MS = 10_000;

/**
 * A few connections, each of them kept for many mails. It is ours because nodemailer's own pool puts a mail back into its
 * queue when a connection closes, even after the content has left, cannot stop a mail under way, and does not say whether
 * the content had left.
 */
export class Pool {
  readonly #settings: PoolSettings;
  readonly #connections: Connections<SmtpConnection, SmtpFault>;
  /** How often in a row the server could not be reached, or asked to be left alone. */
  #rests = 0;

  constructor(settings: PoolSettings) {
    this.#settings = settings;
    this.#connections = new Connections(
      (onEnd) => new SmtpConnection(settings.url, onEnd),
      () => settings.maxConnections,
      () => this.#rest(),
    );
  }

  async send(from: string, to: string, bytes: Buffer, hold: AbortSignal, stop: AbortSignal): Promise<Answer> {
    const { now, timeoutMs } = this.#settings;
    const since = now();
    const waitMs = timeoutMs / 2;
    const isLate = () => now() - since > timeoutMs;
    for (;;) {
      const turn = await this.#connections.take(hold, Math.max(waitMs - (now() - since), 0));
      if (turn === "stopped") return STOPPED;
      if ("fault" in turn) return { ...answerOf(turn.fault, false), retryAfterMs: RETRY_MS };
      if (!("connection" in turn)) return BUSY;
      const { connection } = turn;
      const wasUsed = connection.isUsed;
      const limits = { hold, stop, isLate, answerMs: timeoutMs - (now() - since) };
      const ending = await connection.send(from, to, bytes, limits);
      await this.#release(connection, ending?.fault);
      if (!ending) return { outcome: "accepted", detail: "The mail server took the mail." };
      if (ending.isStopped) return { nothing: STOPPED, part: STOPPED_MIDWAY, whole: STOPPED_LATE }[ending.left];
      // The server had ended an idle connection and not seen this mail: a fresh one may carry it.
      const { code, responseCode } = ending.fault;
      const isStale = wasUsed && ending.left === "nothing" && code === "ECONNECTION" && responseCode === undefined;
      if (!isStale) return answerOf(ending.fault, ending.left === "whole");
    }
  }

  async #release(connection: SmtpConnection, fault: NonNullable<Ending>["fault"] | undefined): Promise<void> {
    const isBusy = fault?.responseCode === 421;
    if (isBusy) this.#rest();
    else if (!fault || fault.responseCode !== undefined) this.#rests = 0;
    const isRefusal = fault?.responseCode !== undefined && !isBusy;
    const isFit = connection.isOpen && !connection.isSpent && (!fault || (isRefusal && (await connection.reset())));
    if (isFit) return this.#connections.release(connection);
    if (!fault) connection.quit();
    this.#connections.drop(connection);
  }

  /** Connecting again at once would only be refused again, and a server that is overloaded would stay so. */
  #rest(): void {
    if (this.#connections.isPaused) return;
    this.#connections.pause(Math.min(FIRST_REST_MS * 2 ** this.#rests, LONGEST_REST_MS));
    this.#rests += 1;
  }

  close(): void {
    this.#connections.close();
  }
}
