import type { LiveEvent } from "#lib/model/live.ts";

/** Whether an order is for a wallboard. */
export function isFor(order: LiveEvent, board: string): boolean {
  return order.board === undefined || order.board === board;
}

/** The newest orders, for boards that come back. */
export class BoardCommands {
  /** Under the board it is for; under nothing, one for all of them. */
  readonly #newest = new Map<string, LiveEvent>();

  forget(): void {
    this.#newest.clear();
  }

  give(order: LiveEvent): void {
    if (order.board === undefined) this.#newest.clear();
    this.#newest.set(order.board ?? "", order);
  }

  /** @returns the order that cleared it, when it has not been told to reload since */
  clearing(board: string): LiveEvent | undefined {
    // An order for all forgets those before it.
    const order = this.#newest.get(board) ?? this.#newest.get("");
    return order?.kind === "clear" ? order : undefined;
  }
}
