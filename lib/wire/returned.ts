import type { Database } from "#lib/store/dialect.ts";
import { isRestored, markRestored } from "#lib/store/restored.ts";
import { highWater } from "./high-water.ts";

/**
 * Whether this database is an earlier one brought back, by whatever means, since somebody last published: then it sends
 * nothing of what it believes to be open or new. Asked by whoever publishes and whoever delivers, as either may be first.
 */
export async function isReturned(database: Database, data: string, now: number): Promise<boolean> {
  const water = highWater(database, data);
  if (await water.isAhead()) {
    await database.transaction((transaction) => markRestored(database, transaction, now));
    await water.keep();
  }
  return await isRestored(database.query);
}
