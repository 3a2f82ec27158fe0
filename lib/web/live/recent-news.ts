import { isOrder, type LiveEvent } from "#lib/model/live.ts";

/** Events that are kept in memory for those who were away for a moment. */
const KEPT = 5_000;

/** News after an event, in its order, not more than `most`; orders left out. */
export type ReadNews = (after: number, most: number) => Promise<readonly LiveEvent[]>;

/** The newest news, in memory, and behind it what is in the store. */
export class RecentNews {
  readonly #read: ReadNews;
  #kept: readonly LiveEvent[] = [];

  constructor(read: ReadNews) {
    this.#read = read;
  }

  add(events: readonly LiveEvent[]): void {
    this.#kept = [...this.#kept, ...events.filter((event) => !isOrder(event))].slice(-KEPT);
  }

  forget(): void {
    this.#kept = [];
  }

  /** News after one event and up to another, in its order, not more than `most`. */
  async between(after: number, last: number, most: number): Promise<readonly LiveEvent[]> {
    if (after >= last) return [];
    const oldest = this.#kept[0]?.id ?? Number.POSITIVE_INFINITY;
    if (oldest > after + 1) return (await this.#read(after, most)).filter(({ id }) => id <= last);
    const from = this.#kept.findIndex(({ id }) => id > after);
    return from < 0 ? [] : this.#kept.slice(from, from + most).filter(({ id }) => id <= last);
  }
}
