import type { Database } from "#lib/store/dialect.ts";
import { appendFacts } from "#lib/store/ledger.ts";
import { isRestored, markRestored } from "#lib/store/restored.ts";
import { ledgerCheckpoint } from "./ledger-checkpoint.ts";

/**
 * Whether this database is an earlier one brought back, by whatever means, since somebody last published: then it sends
 * nothing of what it believes to be open or new. Asked by whoever publishes and whoever delivers, as either may be first.
 * @throws when the ledger's head, here or beside the database, is none of this ledger's own
 */
export async function isReturned(database: Database, data: string, now: number): Promise<boolean> {
  const water = ledgerCheckpoint(database, data);
  if (await water.isAhead()) {
    await database.transaction((transaction) => markRestored(database, transaction, now));
    const lost = await water.giveWay();
    const fact = { at: now, kind: "restored", data: { lost: { seq: lost?.seq, hash: lost?.hash } } } as const;
    await database.transaction((transaction) => appendFacts(database, transaction, [fact]));
  }
  return await isRestored(database.query);
}
