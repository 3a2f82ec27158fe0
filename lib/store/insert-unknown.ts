import type { Transaction } from "./dialect.ts";
import type { Tables } from "./schema.ts";

/** Inserts the rows that clash with none that is there; those that are known are left as they are. */
export async function insertUnknown(
  transaction: Transaction,
  table: keyof Tables,
  rows: readonly object[],
): Promise<void> {
  for (const row of rows) {
    await transaction
      .insertInto(table)
      .values({ ...row } as never)
      .onConflict((clash) => clash.doNothing())
      .execute();
  }
}
