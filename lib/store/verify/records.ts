import { RECORDED, type Recorded, type RecordedTable, recordedRows, recordHash } from "../records.ts";
import type { Projection } from "./projection.ts";

const NAMES: Readonly<Record<RecordedTable, string>> = {
  snapshot: "Snapshot",
  image: "Picture",
  notice: "Notice",
  known_event: "What is known of event",
};

/** Tables whose rows are recorded as a whole: each is what was written, and none is missing or too many. */
export function recordsProjection(): Projection {
  const tables = Object.keys(RECORDED) as RecordedTable[];
  const known = new Map(tables.map((table) => [table, new Map<string, string>()]));
  return {
    see({ kind, data }) {
      if (kind !== "recorded") return;
      const { table, rows = {}, removed = [] } = data as unknown as Recorded;
      for (const [id, hash] of Object.entries(rows)) known.get(table)?.set(id, hash);
      for (const id of removed) known.get(table)?.delete(id);
    },
    async *faults(query) {
      for (const [table, expected] of known) {
        const { id } = RECORDED[table];
        for await (const page of recordedRows(query, table)) {
          for (const row of page) {
            const name = String(row[id]);
            const hash = expected.get(name);
            expected.delete(name);
            if (hash === undefined) yield `${NAMES[table]} ${name}: no entry says that it was written.`;
            else if (hash !== recordHash(table, row)) yield `${NAMES[table]} ${name} is not what was written.`;
          }
        }
        for (const name of expected.keys()) yield `${NAMES[table]} ${name} was written, and it is gone.`;
      }
    },
  };
}
