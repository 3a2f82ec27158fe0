import { boardName } from "../boards.ts";
import type { Projection } from "./projection.ts";

interface Seen {
  readonly components: string;
  readonly openedAt: number;
  readonly sent: number;
  readonly obeyed: number;
}

/** Every wallboard asks for what it asked for, and was sent what the ledger says. */
export function boardsProjection(): Projection {
  const boards = new Map<string, Seen>();
  return {
    see({ kind, subscriber = "", at, data }) {
      const known = boards.get(subscriber);
      if (kind === "board-opened") {
        const components = JSON.stringify(data["components"]);
        boards.set(subscriber, { sent: 0, obeyed: 0, ...known, components, openedAt: at });
      }
      if (kind !== "board-pushed" || !known) return;
      const { events, order } = data as { events?: readonly number[]; order?: { readonly id: number } };
      boards.set(subscriber, {
        ...known,
        sent: events?.at(-1) ?? known.sent,
        obeyed: order?.id ?? known.obeyed,
      });
    },
    async *faults(query) {
      for (const row of await query.selectFrom("board").selectAll().orderBy("id").execute()) {
        const name = boardName(row.id);
        const seen = boards.get(name);
        boards.delete(name);
        if (!seen) yield `Wallboard ${row.id}: no entry says that it ever connected.`;
        else if (
          seen.components !== row.components ||
          seen.openedAt !== row.opened_at ||
          seen.sent !== row.sent ||
          seen.obeyed !== row.obeyed
        ) {
          yield `Wallboard ${row.id} is not as the ledger says.`;
        }
      }
      for (const name of boards.keys()) yield `${name} connected, and it is gone.`;
    },
  };
}
