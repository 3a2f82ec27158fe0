import { sql, type Transaction } from "kysely";
import type { Database } from "./dialect.ts";
import { appendFacts } from "./ledger.ts";
import type { Tables } from "./schema.ts";

/** Set when this database is an earlier one brought back: what it believes to be new may have been told already. */
const RESTORED = "restored_at";

export async function isRestored(query: Transaction<Tables> | Database["query"]): Promise<boolean> {
  const row = await query.selectFrom("meta").select("value").where("key", "=", RESTORED).executeTakeFirst();
  return row !== undefined;
}

/**
 * Marks a database as one brought back, and takes back every delivery that it believes to be open: whether it was sent
 * in the meantime, nobody can say here.
 */
export async function markRestored(database: Database, transaction: Transaction<Tables>, at: number): Promise<void> {
  const value = String(at);
  await transaction
    .insertInto("meta")
    .values({ key: RESTORED, value })
    .onConflict((clash) => clash.column("key").doUpdateSet({ value }))
    .execute();
  await transaction.deleteFrom("meta").where("key", "like", "trouble:%").execute();
  // What was written to somebody about a subscription may have been sent since, or be about one that has ended.
  await transaction
    .updateTable("letter")
    .set({ state: "failed" })
    .where("state", "in", ["queued", "sending"])
    .execute();
  await withdrawOpen(database, transaction, at);
}

/** From now on news is told again: everything there was has been taken note of in silence. */
export async function clearRestored(transaction: Transaction<Tables>): Promise<void> {
  await transaction.deleteFrom("meta").where("key", "=", RESTORED).execute();
}

async function withdrawOpen(database: Database, transaction: Transaction<Tables>, at: number): Promise<void> {
  const why = "The database was restored from a copy.";
  const { rows: told } = await sql`update delivery set state = 'withdrawn', settled_at = ${at}, detail = ${why}
    where state = 'folded' and exists (
      select 1 from delivery as carrier where carrier.notice = delivery.carried_by
        and carrier.subscription = delivery.subscription and carrier.state in ('queued', 'sending'))
    returning id`.execute(transaction);
  const rows = await transaction
    .updateTable("delivery")
    .set({ state: "withdrawn", worker: null, claimed_at: null, settled_at: at, due_at: at, detail: why })
    .where("state", "in", ["queued", "sending"])
    .returning("notice")
    .execute();
  if (rows.length === 0) return;
  await transaction
    .updateTable("seal")
    .set({ state: "done" })
    .where("state", "in", ["open", "stopped", "awaiting_approval"])
    .execute();
  await appendFacts(database, transaction, [
    { at, kind: "withdrawn", data: { count: rows.length, rows: rows.length + told.length, why } },
  ]);
}
