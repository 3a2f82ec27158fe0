import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { openStore } from "#lib/access/open-vault.ts";
import type { Board } from "#lib/model/live.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { listBoards } from "#lib/store/boards.ts";
import type { Database } from "#lib/store/dialect.ts";
import { noteLive } from "#lib/store/live.ts";
import { BEAT_MS } from "./open-live.ts";

/** A board that its server has said nothing of for so long is not connected, in milliseconds. */
const GONE_MS = 3 * BEAT_MS;

/** How long an order waits for the boards that are connected to be sent it, in milliseconds. */
const WAIT_MS = 3_000;

export interface BoardOrder {
  readonly kind: "reload" | "clear";
  /** The only board it is for; all of them without one. */
  readonly board?: string;
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What became of an order. */
export interface Obeyed {
  /** Boards that it was sent to. */
  readonly sent: readonly string[];
  /** Boards that count as connected and that it has not been sent to. */
  readonly missing: readonly string[];
}

/** Where an operator sees the wallboards there are, and orders them. */
export class Wallboards implements AsyncDisposable {
  readonly #database: Database;

  private constructor(database: Database) {
    this.#database = database;
  }

  static async open(environment: Environment): Promise<Wallboards> {
    return new Wallboards((await openStore(environment)).database);
  }

  /** Boards that were connected since a moment, by name, those that are connected now marked so. */
  async list(since: number, now: number): Promise<readonly Board[]> {
    const boards = await listBoards(this.#database, since);
    return boards.map((board) => ({ ...board, isOpen: board.isOpen && now - board.seenAt < GONE_MS }));
  }

  /** Gives an order and waits a moment until every server has passed it on. */
  async order({ kind, board, by, at }: BoardOrder): Promise<Obeyed> {
    const order = { kind, key: randomUUID(), components: [], data: {}, ...(board === undefined ? {} : { board }) };
    const [id = 0] = await this.#database.transaction((transaction) =>
      noteLive(this.#database, transaction, [order], { at, snapshot: 0, by }),
    );
    const asked = async () => {
      const boards = (await this.list(at - GONE_MS, at)).filter((each) => board === undefined || each.id === board);
      return {
        sent: boards.filter(({ obeyed }) => obeyed >= id).map((each) => each.id),
        missing: boards.filter(({ obeyed, isOpen }) => obeyed < id && isOpen).map((each) => each.id),
      };
    };
    let state = await asked();
    for (let waited = 0; waited < WAIT_MS && state.missing.length > 0; waited += 50) {
      await sleep(50);
      state = await asked();
    }
    return state;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#database.close();
  }
}
