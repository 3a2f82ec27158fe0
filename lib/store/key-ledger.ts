import type { KeyObject } from "node:crypto";
import { keepHead, ownHead, storedHead } from "./chain.ts";
import type { Database } from "./dialect.ts";
import { appendFacts } from "./ledger.ts";
import { recordAll } from "./records.ts";

/**
 * Gives a ledger its key that has none so far. What it holds keeps its plain hashes, and an entry `keyed` binds them and
 * says up to where they go: from here on nobody without the key can change them, of the time before that proves nothing.
 * Rows that had no facts until now are recorded as they stand.
 * @param at milliseconds since the epoch
 * @param root what has to be in `meta` afterwards, as a sign that this is done
 */
export async function keyLedger(
  database: Database,
  key: KeyObject,
  root: { readonly key: string; readonly value: string },
  at: number,
): Promise<void> {
  await database.transaction(async (transaction) => {
    await database.lock(transaction, "ledger");
    const { ledgerKey: _, ...plain } = database;
    const keyed: Database = { ...plain, ledgerKey: key };
    const head = await storedHead(transaction);
    // Of several processes that start together the first has done it.
    if (head?.mac === undefined) {
      const before = await ownHead(plain as Database, transaction);
      await keepHead(keyed, transaction, before);
      if (before.seq > 0) await appendFacts(keyed, transaction, [{ at, kind: "keyed", data: { plain: before.seq } }]);
      await recordAll(keyed, transaction, at);
    }
    await transaction.updateTable("meta").set({ value: root.value }).where("key", "=", root.key).execute();
  });
}
