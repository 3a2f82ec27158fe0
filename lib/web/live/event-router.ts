import type { LiveEvent } from "#lib/model/live.ts";

/** Who is connected, as far as it takes to find whom an event is for. */
export interface Asking {
  /** Ids of components; empty for all. */
  readonly asked: readonly string[];
}

/** Finds whom an event is for without asking everybody. */
export interface Router<T extends Asking> {
  add(listener: T): void;
  remove(listener: T): void;
  /** Everybody whom an event is for. */
  concerned(event: Pick<LiveEvent, "components">): ReadonlySet<T>;
}

/** Keeps listeners under the components that they asked for. */
export class EventRouter<T extends Asking> implements Router<T> {
  readonly #everything = new Set<T>();
  readonly #byComponent = new Map<string, Set<T>>();
  readonly #all = new Set<T>();

  add(listener: T): void {
    this.#all.add(listener);
    if (listener.asked.length === 0) this.#everything.add(listener);
    for (const id of listener.asked) {
      const listeners = this.#byComponent.get(id) ?? new Set();
      listeners.add(listener);
      this.#byComponent.set(id, listeners);
    }
  }

  remove(listener: T): void {
    this.#all.delete(listener);
    this.#everything.delete(listener);
    for (const id of listener.asked) {
      const listeners = this.#byComponent.get(id);
      listeners?.delete(listener);
      if (listeners?.size === 0) this.#byComponent.delete(id);
    }
  }

  concerned({ components }: Pick<LiveEvent, "components">): ReadonlySet<T> {
    // What is of no component in particular concerns everybody.
    if (components.length === 0) return this.#all;
    const found = new Set(this.#everything);
    for (const id of components) for (const listener of this.#byComponent.get(id) ?? []) found.add(listener);
    return found;
  }
}
