/** After so many requests in a row without an answer a host is left alone for a while, and whoever would wait for it need not. */
const FAILURES = 3;
const REST_MS = 10_000;

/** Whether one host gave no answer lately. */
export class CircuitBreaker {
  #failures = 0;
  #until = 0;

  /** How long the host is still left alone, in milliseconds. */
  left(now: number): number {
    return this.#until - now;
  }

  /** Whether it is tried with one request at a time, until it answers: more might all be lost. */
  get isProbing(): boolean {
    return this.#failures >= FAILURES;
  }

  /** Counts a request that got no answer. */
  count(now: number): void {
    this.#failures += 1;
    if (this.isProbing) this.#until = now + REST_MS;
  }

  /** It answers again. */
  end(): void {
    this.#failures = 0;
    this.#until = 0;
  }
}
