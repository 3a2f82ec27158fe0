import { createHash } from "node:crypto";
import { type BoardFact, noteBoards } from "#lib/store/boards.ts";
import type { Database } from "#lib/store/dialect.ts";
import type { Push } from "./broadcaster.ts";

interface Note {
  readonly board: string;
  readonly fact: BoardFact;
  /** Of a connection that closed: the board has another one by now. */
  readonly stays?: boolean;
}

/** Puts on record what happens to the wallboards of one server. What comes at the same time goes into one transaction. */
export class Recorder {
  readonly #database: Database;
  readonly #server: string;
  readonly #clock: () => number;
  #waiting: Note[] = [];
  #writing: Promise<void> = Promise.resolve();

  constructor(database: Database, server: string, clock: () => number) {
    this.#database = database;
    this.#server = server;
    this.#clock = clock;
  }

  /** Resolves when it is on record. */
  note(...notes: readonly Note[]): Promise<void> {
    if (notes.length === 0) return Promise.resolve();
    const isFirst = this.#waiting.length === 0;
    this.#waiting.push(...notes);
    if (!isFirst) return this.#writing;
    const write = async () => {
      const facts = this.#waiting;
      this.#waiting = [];
      await noteBoards(this.#database, facts, { server: this.#server, at: this.#clock() });
    };
    // One failure is that of those who waited for it, and no reason not to write the next.
    this.#writing = this.#writing.then(write, write);
    return this.#writing;
  }

  pushed(pushes: readonly Push[]): Promise<void> {
    return this.note(...pushes.map(({ board, screen, ...push }) => ({ board, fact: pushedOf(push, screen) })));
  }

  /** Everything is written, or could not be. */
  async idle(): Promise<void> {
    await this.#writing.catch(() => undefined);
  }
}

function pushedOf(push: Omit<Push, "board" | "screen">, screen: string | undefined): BoardFact {
  const hash = screen === undefined ? {} : { screen: createHash("sha256").update(screen).digest("hex") };
  return { kind: "pushed", ...push, ...hash };
}
