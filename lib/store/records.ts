import { createHash, hash } from "node:crypto";
import { sql } from "kysely";
import type { Database, Row, Transaction } from "./dialect.ts";
import type { Fact } from "./facts.ts";
import { appendFacts } from "./ledger.ts";

/*
 * Tables whose rows are written once, as a whole, and have no facts of their own: for each row the ledger keeps a hash over
 * all of its columns. A table with rows that change in place is held against its facts instead (see `verify/`).
 */
/** Each such table: the column that names a row, how many rows are read together, and all columns in the order of the hash. */
export const RECORDED = {
  snapshot: {
    id: "id",
    page: 4,
    columns: [
      ...["id", "version", "published_at", "published_by", "entries", "content", "git_commit", "git_is_dirty"],
      ...["is_quiet", "restores", "added", "changed", "removed"],
    ],
  },
  image: { id: "hash", page: 16, columns: ["hash", "type", "bytes"] },
  notice: {
    id: "id",
    page: 2_000,
    columns: ["id", "key", "kind", "event", "slug", "snapshot", "corrects", "made_at", "made_by", "data"],
  },
  known_event: { id: "id", page: 2_000, columns: ["id", "data"] },
} as const;

export type RecordedTable = keyof typeof RECORDED;

/** What an entry `recorded` says. */
export interface Recorded {
  readonly table: RecordedTable;
  /** The hash of each row that was written, by its id. */
  readonly rows?: Readonly<Record<string, string>>;
  /** Ids of rows that were thrown away. */
  readonly removed?: readonly string[];
}

/** As many rows go into one entry. */
const ROWS = 500;

/** What the ledger keeps of rows that are being written. @param at milliseconds since the epoch */
export function recordsOf(table: RecordedTable, rows: readonly Row[], at: number): readonly Fact[] {
  const { id } = RECORDED[table];
  return Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, part): Fact => {
    const some = rows.slice(part * ROWS, (part + 1) * ROWS);
    const hashes = Object.fromEntries(some.map((row) => [String(row[id]), recordHash(table, row)]));
    return { at, kind: "recorded", data: { table, rows: hashes } };
  });
}

/** What the ledger keeps of rows that are being thrown away. */
export function removalOf(table: RecordedTable, ids: readonly (string | number)[], at: number): readonly Fact[] {
  return ids.length === 0 ? [] : [{ at, kind: "recorded", data: { table, removed: ids.map(String) } }];
}

/** SHA-256 over all columns of a row, in base64url. */
export function recordHash(table: RecordedTable, row: Row): string {
  const values = RECORDED[table].columns.map((column) => {
    const value = row[column] ?? null;
    return value instanceof Uint8Array ? hash("sha256", value) : value;
  });
  return createHash("sha256").update(JSON.stringify(values)).digest("base64url");
}

/** Every row of these tables as it stands, for a ledger that has not known them until now. */
export async function recordAll(database: Database, transaction: Transaction, at: number): Promise<void> {
  for (const table of Object.keys(RECORDED) as RecordedTable[]) {
    for await (const page of recordedRows(transaction, table)) {
      await appendFacts(database, transaction, recordsOf(table, page, at));
    }
  }
}

/** The rows of a table in the order of their ids, as many at a time as may be in memory together. */
export async function* recordedRows(
  query: Transaction | Database["query"],
  table: RecordedTable,
): AsyncGenerator<readonly Row[]> {
  const { id, page: most } = RECORDED[table];
  for (let last: unknown; ; ) {
    const after = last === undefined ? sql`` : sql`where ${sql.ref(id)} > ${last}`;
    const { rows } = await sql<Row>`select * from ${sql.table(table)} ${after}
      order by ${sql.ref(id)} limit ${sql.lit(most)}`.execute(query);
    yield rows;
    if (rows.length < most) return;
    last = rows.at(-1)?.[id];
  }
}
