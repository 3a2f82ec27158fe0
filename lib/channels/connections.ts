/** A connection to one server that carries one message at a time. */
export interface Connection<Fault> {
  /** Whether it stands, as far as is known. */
  readonly isOpen: boolean;
  /** Connects. @returns why that was not possible */
  open(): Promise<Fault | undefined>;
  /** Cuts it off: nothing leaves over it after this call, and nothing that waits on it stays behind. */
  close(): void;
}

/** What a message that asked for a connection gets. Without one, nothing of the message has left. */
export type Turn<C, Fault> =
  | { readonly connection: C }
  | { readonly fault: Fault }
  /** Stopped while it waited. */
  | "stopped"
  /** It waited for as long as it may. `isReached` says whether the server is at work on other messages. */
  | { readonly isReached: boolean };

/**
 * The connections to one server, and the queue of the messages that wait for one. No message is handed to a connection
 * that carries another, so no library ever queues: what waits, waits here, and to stop it is to take it off the list.
 */
export class Connections<C extends Connection<Fault>, Fault> {
  readonly #make: (onEnd: () => void) => C;
  readonly #most: () => number;
  readonly #onFault: () => void;
  readonly #all = new Set<C>();
  readonly #idle: C[] = [];
  /** First come, first served. */
  readonly #waiting = new Set<(turn: Turn<C, Fault>) => void>();
  /** While it runs no connection is opened. */
  #pause: NodeJS.Timeout | undefined;
  #isClosed = false;

  /**
   * @param make a connection that is not open yet and calls `onEnd` once it has ended, whoever ended it
   * @param most how many there may be at a time
   * @param onFault called each time that a connection could not be opened
   */
  constructor(make: (onEnd: () => void) => C, most: () => number, onFault: () => void = () => undefined) {
    this.#make = make;
    this.#most = most;
    this.#onFault = onFault;
  }

  /** Whether somebody who asked now would have to wait for another message to end. */
  get isFull(): boolean {
    return this.#idle.length === 0 && this.#all.size >= this.#most();
  }

  /** Whether no connection is opened for a while. */
  get isPaused(): boolean {
    return this.#pause !== undefined;
  }

  get isUnused(): boolean {
    return this.#all.size === 0 && this.#waiting.size === 0 && !this.isPaused;
  }

  /** A connection for one message. @param waitMs how long the message may wait for it, in milliseconds */
  take(signal: AbortSignal, waitMs: number): Promise<Turn<C, Fault>> {
    if (signal.aborted || this.#isClosed) return Promise.resolve("stopped");
    const idle = this.#takeIdle();
    if (idle) return Promise.resolve({ connection: idle });
    const { promise, resolve } = Promise.withResolvers<Turn<C, Fault>>();
    const settle = (turn: Turn<C, Fault>) => {
      this.#waiting.delete(settle);
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      resolve(turn);
    };
    const stop = () => settle("stopped");
    const timer = setTimeout(() => settle({ isReached: [...this.#all].some(({ isOpen }) => isOpen) }), waitMs);
    signal.addEventListener("abort", stop, { once: true });
    this.#waiting.add(settle);
    void this.#grow();
    return promise;
  }

  /** Gives back a connection that can carry another message. */
  release(connection: C): void {
    if (!(connection.isOpen && this.#all.has(connection))) {
      this.drop(connection);
      return;
    }
    const [next] = this.#waiting;
    if (next) next({ connection });
    else this.#idle.push(connection);
  }

  /** Cuts a connection off, and makes room for another. */
  drop(connection: C): void {
    connection.close();
    if (!this.#all.delete(connection)) return;
    const place = this.#idle.indexOf(connection);
    if (place >= 0) this.#idle.splice(place, 1);
    void this.#grow();
  }

  /** Opens no connection for so many milliseconds; those that stand are used. */
  pause(ms: number): void {
    if (this.#isClosed || this.#pause) return;
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      void this.#grow();
    }, ms);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#pause);
    for (const next of this.#waiting) next("stopped");
    for (const connection of [...this.#all]) this.drop(connection);
  }

  #takeIdle(): C | undefined {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) if (idle.isOpen) return idle;
    return undefined;
  }

  /** Opens one more connection, if somebody waits for one and there may be more. */
  async #grow(): Promise<void> {
    if (this.#isClosed || this.#pause || this.#waiting.size === 0 || this.#all.size >= this.#most()) return;
    const connection = this.#make(() => this.drop(connection));
    this.#all.add(connection);
    const fault = await connection.open();
    if (!fault) {
      this.release(connection);
      return;
    }
    this.#all.delete(connection);
    connection.close();
    this.#onFault();
    // With no connection left, whoever waits would find the same, one after the other.
    if (this.#all.size === 0) for (const next of this.#waiting) next({ fault });
  }
}
