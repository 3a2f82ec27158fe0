import { sql } from "kysely";
import { type CarriedOver, carryForward, type Forward } from "./carry-over.ts";
import type { Database } from "./dialect.ts";
import { insertUnknown } from "./insert-unknown.ts";
import { markRestored } from "./restored.ts";
import type { Tables } from "./schema.ts";

/** What makes a restoration of a copy. */
export interface Restoration {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** What the rows that are replaced know and must not be lost. */
  readonly forward: Forward;
}

/**
 * Tables whose rows are not of the past that a backup holds, but of what holds now. A restoration leaves them as they are and
 * adds what nobody knows any more: a token that was removed since the backup stays removed.
 */
const KEPT: ReadonlySet<string> = new Set<keyof Tables>(["token", "request_key", "alert_group"]);

/** What is each database's own; and sessions, as one that was ended since a backup must not come back. */
const NOT_COPIED: ReadonlySet<string> = new Set(["migration", "operator_session"]);

/**
 * Puts the rows of one database in the place of another's, in one transaction, and notes it if that is a restoration.
 * Both have taken the same migrations.
 * @returns what was carried over from what was there before
 */
export async function copyRows(from: Database, to: Database, restoration?: Restoration): Promise<CarriedOver> {
  const tables = (await to.query.introspection.getTables())
    .map(({ name }) => name)
    .filter((name) => !NOT_COPIED.has(name));
  return await to.transaction(async (writing) => {
    const reading = from.query.transaction().setIsolationLevel("repeatable read").setAccessMode("read only");
    await reading.execute(async (source) => {
      for (const table of tables) {
        const isKept = restoration !== undefined && KEPT.has(table);
        if (!isKept) await sql`delete from ${sql.table(table)}`.execute(writing);
        for await (const rows of from.rowsOf(source, table)) {
          if (isKept) await insertUnknown(writing, table as keyof Tables, rows);
          else await to.insertMany(writing, table as keyof Tables, rows as never);
        }
        await to.countOn(writing, table);
      }
    });
    if (from.ledgerKey) to.ledgerKey = from.ledgerKey;
    if (!restoration) return { ended: 0, known: 0 };
    await markRestored(to, writing, restoration.at);
    return await carryForward(to, writing, restoration.forward, restoration.at);
  });
}
