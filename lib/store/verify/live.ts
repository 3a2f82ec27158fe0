import { liveHash } from "../live.ts";
import type { Projection } from "./projection.ts";

const PAGE = 2_000;

/** Everything that was pushed says what it said when it was noted, and nothing else was. */
export function liveProjection(): Projection {
  const noted = new Map<number, string>();
  return {
    see({ kind, data }) {
      if (kind !== "live") return;
      const { events } = data as { events: readonly { readonly id: number; readonly hash: string }[] };
      for (const { id, hash } of events) noted.set(id, hash);
    },
    async *faults(query) {
      for (let after = 0; ; ) {
        const page = await query
          .selectFrom("live_event")
          .selectAll()
          .where("id", ">", after)
          .orderBy("id")
          .limit(PAGE)
          .execute();
        for (const row of page) {
          const hash = noted.get(row.id);
          noted.delete(row.id);
          if (hash === undefined) yield `Event ${row.id} was never noted.`;
          // Before its key was a part of it, it was noted without.
          else if (hash !== liveHash(row, row.key) && hash !== liveHash(row))
            yield `Event ${row.id} is not the one that was pushed.`;
        }
        if (page.length < PAGE) break;
        after = page.at(-1)?.id as number;
      }
      for (const id of noted.keys()) yield `Event ${id} was pushed, and it is gone.`;
    },
  };
}
