/** After so many failures in a row a host is left alone for a while, and whoever would wait for it need not. */
const FAILURES = 3;
const REST_MS = 10_000;

/** Which hosts gave no answer lately. */
export class Rests {
  readonly #hosts = new Map<string, { failures: number; until: number }>();

  /** How long a host still rests, in milliseconds. */
  left(host: string, now: number): number {
    return (this.#hosts.get(host)?.until ?? 0) - now;
  }

  /** Counts a request that got no answer. */
  count(host: string, now: number): void {
    const failures = (this.#hosts.get(host)?.failures ?? 0) + 1;
    this.#hosts.set(host, { failures, until: failures >= FAILURES ? now + REST_MS : 0 });
  }

  /** It answers again. */
  end(host: string): void {
    this.#hosts.delete(host);
  }
}
