import type { Board } from "#lib/model/live.ts";
import type { Database } from "./dialect.ts";
import type { Fact, FactSubject } from "./facts.ts";
import { appendFacts } from "./ledger.ts";

/**
 * What became of a wallboard, to be kept together with what the ledger says of it. `line` names the connection: what was
 * pushed over one that the board has left, it has had as far as it says when it comes back.
 */
export type BoardFact =
  | {
      readonly kind: "opened";
      readonly line: string;
      readonly components: readonly string[];
      /** The last event that the board has had. */
      readonly after?: number;
    }
  | {
      readonly kind: "pushed";
      readonly line: string;
      readonly events: readonly number[];
      readonly order?: { readonly id: number; readonly kind: string };
      /** SHA-256 of the screen, in hexadecimal. */
      readonly screen?: string;
    }
  /** With the last event that was written to it. */
  | { readonly kind: "closed"; readonly line: string; readonly after: number };

/** How a wallboard is called in the ledger. */
export function boardName(id: string): string {
  return `board:${id}`;
}

/**
 * Keeps what happened to wallboards of one server, in one transaction. A board of which a connection closed and that has
 * another one `stays`.
 */
export async function noteBoards(
  database: Database,
  facts: readonly { readonly board: string; readonly fact: BoardFact; readonly stays?: boolean }[],
  { server, at }: { readonly server: string; readonly at: number },
): Promise<void> {
  await database.transaction(async (transaction) => {
    // In one order, so that two servers never wait for each other.
    for (const { board: id, fact, stays = false } of facts.toSorted((a, b) => compare(a.board, b.board))) {
      if (stays) continue;
      const change = changeOf(fact);
      const components = fact.kind === "opened" ? fact.components : [];
      const opened = {
        components: JSON.stringify(components),
        server,
        opened_at: at,
        seen_at: at,
        is_open: 1 as const,
      };
      const row = { id, ...opened, sent: 0, obeyed: 0 };
      await (fact.kind === "opened"
        ? transaction
            .insertInto("board")
            .values(row)
            .onConflict((clash) => clash.column("id").doUpdateSet(opened))
            .execute()
        : transaction
            .updateTable("board")
            .set({ ...change, seen_at: at })
            .where("id", "=", id)
            // One that another server has meanwhile is not gone with its connection here.
            .$if(fact.kind === "closed", (query) => query.where("server", "=", server))
            .execute());
    }
    const entries = facts.map(({ board, fact }) => entryOf(fact, { at, subscriber: boardName(board) }));
    await appendFacts(database, transaction, entries);
  });
}

/** What the ledger says of it. */
function entryOf(fact: BoardFact, subject: FactSubject): Fact {
  switch (fact.kind) {
    case "opened": {
      const { kind: _, ...data } = fact;
      return { ...subject, kind: "board-opened", data };
    }
    case "pushed": {
      const { kind: _, ...data } = fact;
      return { ...subject, kind: "board-pushed", data };
    }
    case "closed": {
      const { kind: _, ...data } = fact;
      return { ...subject, kind: "board-closed", data };
    }
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function changeOf(fact: BoardFact) {
  if (fact.kind === "closed") return { is_open: 0 as const };
  if (fact.kind === "opened") return {};
  const sent = fact.events.at(-1);
  return { ...(sent === undefined ? {} : { sent }), ...(fact.order ? { obeyed: fact.order.id } : {}) };
}

/** Says of all wallboards of a server that are connected that they still are. */
export async function seeBoards({ query }: Database, server: string, at: number): Promise<void> {
  await query.updateTable("board").set({ seen_at: at }).where("server", "=", server).where("is_open", "=", 1).execute();
}

/** Every wallboard that was heard of since a moment, by name. */
export async function listBoards({ query }: Database, since: number): Promise<readonly Board[]> {
  const rows = await query.selectFrom("board").selectAll().where("seen_at", ">=", since).orderBy("id").execute();
  return rows.map((row) => ({
    id: row.id,
    components: JSON.parse(row.components) as string[],
    openedAt: row.opened_at,
    seenAt: row.seen_at,
    isOpen: row.is_open === 1,
    sent: row.sent,
    obeyed: row.obeyed,
  }));
}
