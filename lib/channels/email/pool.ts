import type { Answer } from "#lib/model/delivery.ts";
import { answerOf, type SmtpFault } from "./answers.ts";
import { Connection } from "./connection.ts";

export interface PoolSettings {
  /** `smtp://…` or `smtps://…`, as nodemailer reads it. */
  readonly url: string;
  readonly maxConnections: number;
  /** What one mail may take, from its turn to its answer, in milliseconds. */
  readonly timeoutMs: number;
}

const STOPPED: Answer = { outcome: "unsent", detail: "The mail was stopped before its content had left." };
const STOPPED_LATE: Answer = { outcome: "unknown", detail: "The mail was stopped when its content had left." };

/** How long a mail server that could not be reached is left alone, in milliseconds. */
const REST_MS = 10_000;

/**
 * A few connections, each of them kept for many mails. It is ours because nodemailer's own pool puts a mail back into its
 * queue when a connection closes, even after the content has left, cannot stop a mail under way, and does not say whether
 * the content had left.
 */
export class Pool {
  readonly #settings: PoolSettings;
  readonly #idle: Connection[] = [];
  readonly #all = new Set<Connection>();
  readonly #waiting: ((turn: Connection | SmtpFault | undefined) => void)[] = [];

  #isClosed = false;

  constructor(settings: PoolSettings) {
    this.#settings = settings;
  }

  async send(from: string, to: string, bytes: Buffer, signal: AbortSignal): Promise<Answer> {
    if (signal.aborted) return STOPPED;
    const connection = await this.#turn(signal);
    if (!connection) return STOPPED;
    if (!(connection instanceof Connection)) return { ...answerOf(connection, false), retryAfterMs: REST_MS };
    const wasUsed = connection.isUsed;
    const limit = AbortSignal.timeout(this.#settings.timeoutMs);
    const ending = await connection.send(from, to, bytes, AbortSignal.any([signal, limit]));
    await this.#release(connection, ending?.fault);
    if (!ending) return { outcome: "accepted", detail: "The mail server took the mail." };
    if (signal.aborted && ending.fault.responseCode === undefined) return ending.left ? STOPPED_LATE : STOPPED;
    // The server had ended an idle connection and not seen this mail: a fresh one may carry it.
    const isStale = wasUsed && !ending.left && !limit.aborted && ending.fault.code === "ECONNECTION";
    if (isStale && ending.fault.responseCode === undefined) return this.send(from, to, bytes, signal);
    return answerOf(limit.aborted ? { message: "It took too long to answer." } : ending.fault, ending.left);
  }

  /** A free connection; a fault if there is none to be had, nothing when stopped. */
  #turn(signal: AbortSignal): Promise<Connection | SmtpFault | undefined> {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) if (idle.isOpen) return Promise.resolve(idle);
    const { promise, resolve } = Promise.withResolvers<Connection | SmtpFault | undefined>();
    const stop = () => {
      const place = this.#waiting.indexOf(resolve);
      if (place >= 0) this.#waiting.splice(place, 1);
      resolve(undefined);
    };
    this.#waiting.push(resolve);
    signal.addEventListener("abort", stop, { once: true });
    void this.#grow();
    return promise.finally(() => signal.removeEventListener("abort", stop));
  }

  /** Opens one more connection, if somebody waits for one and there may be more. */
  async #grow(): Promise<void> {
    if (this.#isClosed) for (const turn of this.#waiting.splice(0)) turn({ message: "It is closed." });
    if (this.#waiting.length === 0 || this.#all.size >= this.#settings.maxConnections) return;
    const connection = new Connection(this.#settings.url, () => this.#drop(connection));
    this.#all.add(connection);
    const fault = await connection.open();
    if (!fault) return this.#offer(connection);
    this.#all.delete(connection);
    connection.close();
    // With no connection left, whoever waits would find the same closed door, one after the other.
    if (this.#all.size === 0) for (const turn of this.#waiting.splice(0)) turn(fault);
  }

  #offer(connection: Connection): void {
    const turn = this.#waiting.shift();
    if (turn) turn(connection);
    else this.#idle.push(connection);
  }

  async #release(connection: Connection, fault: SmtpFault | undefined): Promise<void> {
    const isRefusal = fault?.responseCode !== undefined && fault.responseCode !== 421;
    const isFit = connection.isOpen && !connection.isSpent && (!fault || (isRefusal && (await connection.reset())));
    if (isFit) return this.#offer(connection);
    if (fault) connection.close();
    else connection.quit();
    this.#drop(connection);
  }

  #drop(connection: Connection): void {
    if (!this.#all.delete(connection)) return;
    const place = this.#idle.indexOf(connection);
    if (place >= 0) this.#idle.splice(place, 1);
    void this.#grow();
  }

  close(): void {
    this.#isClosed = true;
    for (const connection of this.#all) connection.close();
  }
}
