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

/** How often it is looked for those that were stopped, in milliseconds. */
const LOOK_MS = 50;

interface Waiter<C, Fault> {
  readonly signal: AbortSignal;
  /** Runs for as long as it may wait. */
  readonly timer: NodeJS.Timeout;
  readonly resolve: (turn: Turn<C, Fault>) => void;
}

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
  readonly #waiting = new Set<Waiter<C, Fault>>();
  /** Runs while somebody waits. */
  #timer: NodeJS.Timeout | undefined;
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

  /** A connection that stands and carries nothing, unless others wait for one or there is none. */
  takeIdle(): C | undefined {
    if (this.#isClosed) return undefined;
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) if (idle.isOpen) return idle;
    return undefined;
  }

  /** A connection for one message. @param waitMs how long the message may wait for it, in milliseconds */
  take(signal: AbortSignal, waitMs: number): Promise<Turn<C, Fault>> {
    if (signal.aborted || this.#isClosed) return Promise.resolve("stopped");
    const idle = this.takeIdle();
    if (idle) return Promise.resolve({ connection: idle });
    const { promise, resolve } = Promise.withResolvers<Turn<C, Fault>>();
    const waiter: Waiter<C, Fault> = {
      signal,
      timer: setTimeout(() => {
        this.#waiting.delete(waiter);
        resolve({ isReached: [...this.#all].some(({ isOpen }) => isOpen) });
      }, waitMs),
      resolve,
    };
    this.#waiting.add(waiter);
    this.#timer ??= setTimeout(() => this.#heedStops(), LOOK_MS);
    void this.#grow();
    return promise;
  }

  /** Gives back a connection that can carry another message. */
  release(connection: C): void {
    if (!(connection.isOpen && this.#all.has(connection))) {
      this.drop(connection);
      return;
    }
    const next = this.#next();
    if (next) next.resolve({ connection });
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
    clearTimeout(this.#timer);
    this.#settle("stopped");
    for (const connection of [...this.#all]) this.drop(connection);
  }

  /** Takes off the list who waits for the longest time and was not stopped. */
  #next(): Waiter<C, Fault> | undefined {
    for (const waiter of this.#waiting) {
      this.#remove(waiter);
      if (!waiter.signal.aborted) return waiter;
      waiter.resolve("stopped");
    }
    return undefined;
  }

  #remove(waiter: Waiter<C, Fault>): void {
    clearTimeout(waiter.timer);
    this.#waiting.delete(waiter);
  }

  /** Takes all off the list. */
  #settle(turn: Turn<C, Fault>): void {
    for (const waiter of this.#waiting) {
      this.#remove(waiter);
      waiter.resolve(turn);
    }
  }

  /** Takes those off the list that were stopped: to listen to the signal of each costs more than to look at it now and then. */
  #heedStops(): void {
    for (const waiter of this.#waiting) {
      if (!waiter.signal.aborted) continue;
      this.#remove(waiter);
      waiter.resolve("stopped");
    }
    if (this.#waiting.size > 0) this.#timer?.refresh();
    else this.#timer = undefined;
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
    if (this.#all.size === 0) this.#settle({ fault });
  }
}
