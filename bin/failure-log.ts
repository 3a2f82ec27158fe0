const MINUTE_MS = 60_000;

/**
 * What fails while a server or a worker runs, on the error output: a failure in full the first time, with its stack; while it
 * comes again, one line a minute that counts. So a store that is away for an hour leaves sixty lines, not thousands of stacks.
 */
export class FailureLog {
  /** How often each has come again since its last line. */
  readonly #again = new Map<string, number>();
  readonly #write: (line: string) => void;

  constructor(write: (line: string) => void = (line) => void process.stderr.write(line)) {
    this.#write = write;
  }

  /** @param place what was being done, for the beginning of the line */
  note(place: string, error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    const again = this.#again.get(text);
    if (again !== undefined) {
      this.#again.set(text, again + 1);
      return;
    }
    this.#again.set(text, 0);
    const timer = setInterval(() => {
      const more = this.#again.get(text) ?? 0;
      if (more > 0) {
        this.#again.set(text, 0);
        this.#write(`${place}: ${text} (${more === 1 ? "once" : `${more} times`} more within a minute)\n`);
      } else {
        this.#again.delete(text);
        clearInterval(timer);
      }
    }, MINUTE_MS).unref();
    this.#write(`${place}: ${error instanceof Error ? (error.stack ?? text) : text}\n`);
  }
}
