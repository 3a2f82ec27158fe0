import { sql } from "kysely";
import type { Database } from "./dialect.ts";
import { markRestored } from "./restored.ts";
import type { Tables } from "./schema.ts";

/**
 * Puts the rows of one database in the place of another's, in one transaction, and notes when if that is a restoration.
 * Both have taken the same migrations.
 */
export async function copyRows(from: Database, to: Database, restoredAt?: number): Promise<void> {
  const tables = (await to.query.introspection.getTables())
    .map(({ name }) => name)
    .filter((name) => name !== "migration");
  await to.transaction(async (writing) => {
    const reading = from.query.transaction().setIsolationLevel("repeatable read").setAccessMode("read only");
    await reading.execute(async (source) => {
      for (const table of tables) {
        await sql`delete from ${sql.table(table)}`.execute(writing);
        for await (const rows of from.rowsOf(source, table)) {
          await to.insertMany(writing, table as keyof Tables, rows as never);
        }
        await to.countOn(writing, table);
      }
    });
    if (restoredAt !== undefined) await markRestored(to, writing, restoredAt);
  });
}
