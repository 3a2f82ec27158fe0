import { CompiledQuery, type Transaction } from "kysely";
import type { Tables } from "./schema.ts";

/** As many values go into one statement: SQLite takes 32,766, PostgreSQL 65,535. */
const VALUES = 5_000;

type Row = Readonly<Record<string, unknown>>;

/**
 * Inserts rows, many with each statement, written without Kysely's builder: that takes longer to put a statement of
 * thousands of values together than the database takes to run it. `parameter` writes the place of the n-th value. What
 * one statement does not take goes in halves, quarters and so on, so that a table has few texts and they are found
 * prepared.
 */
export async function insertMany(
  parameter: (number: number) => string,
  transaction: Transaction<Tables>,
  table: string,
  rows: readonly Row[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const names = [table, ...columns].map((name) => `"${name.replaceAll('"', '""')}"`);
  const head = `insert into ${names[0]} (${names.slice(1).join(", ")}) values `;
  let share = 2 ** Math.floor(Math.log2(Math.max(1, VALUES / Math.max(1, columns.length))));
  for (let from = 0; from < rows.length; from += share) {
    while (share > rows.length - from) share /= 2;
    const part = rows.slice(from, from + share);
    const places = part.map(
      (_, row) => `(${columns.map((__, column) => parameter(row * columns.length + column + 1)).join(", ")})`,
    );
    const values = part.flatMap((row) => columns.map((column) => row[column]));
    await transaction.executeQuery(CompiledQuery.raw(head + places.join(", "), values));
  }
}
