const MINUTE_MS = 60_000;

/** Of so many places a minute it is said that the same has failed there too. */
const MOST_PLACES = 20;

/** What has failed lately. */
interface Failing {
  readonly places: Set<string>;
  /** How often it has come again since its last line. */
  again: number;
}

/**
 * What fails while a server or a worker runs, on the error output: a failure in full the first time, with its stack; of each
 * other place, one line; while it comes again, one line a minute that counts. So a store that is away for an hour leaves some
 * sixty lines, not thousands of stacks.
 */
export class FailureLog {
  readonly #failing = new Map<string, Failing>();
  readonly #write: (line: string) => void;

  constructor(write: (line: string) => void = (line) => void process.stderr.write(line)) {
    this.#write = write;
  }

  /** @param place what was being done, for the beginning of the line */
  note(place: string, error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    const failing = this.#failing.get(text);
    if (!failing) {
      this.#begin(place, text);
      this.#write(`${place}: ${error instanceof Error ? (error.stack ?? text) : text}\n`);
    } else if (failing.places.has(place) || failing.places.size >= MOST_PLACES) {
      failing.again += 1;
    } else {
      failing.places.add(place);
      this.#write(`${place}: ${text}\n`);
    }
  }

  #begin(place: string, text: string): void {
    const failing: Failing = { places: new Set([place]), again: 0 };
    this.#failing.set(text, failing);
    const timer = setInterval(() => {
      if (failing.again > 0) {
        const times = failing.again === 1 ? "once" : `${failing.again} times`;
        this.#write(`${place}: ${text} (${times} more within a minute)\n`);
        failing.again = 0;
        failing.places.clear();
        failing.places.add(place);
      } else {
        this.#failing.delete(text);
        clearInterval(timer);
      }
    }, MINUTE_MS).unref();
  }
}
