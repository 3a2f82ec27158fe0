import type { Database, Transaction } from "./dialect.ts";
import { appendFacts } from "./ledger.ts";

/** Who takes a notice back, and why. */
export interface Withdrawal {
  readonly notice: string;
  readonly why: string;
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Takes a notice back for good from everyone whom it has not reached: what is queued never leaves. What is in flight
 * comes to its own end. @returns how many deliveries were taken back
 */
export async function withdrawNotice(
  database: Database,
  transaction: Transaction,
  { notice, why, by, at }: Withdrawal,
): Promise<number> {
  const rows = await transaction
    .updateTable("delivery")
    .set({ state: "withdrawn", settled_at: at, detail: why })
    .where("notice", "=", notice)
    .where("state", "=", "queued")
    .returning("id")
    .execute();
  await transaction
    .updateTable("seal")
    .set({ state: "done" })
    .where("notice", "=", notice)
    .where("state", "<>", "done")
    .execute();
  if (rows.length === 0) return 0;
  const data = { count: rows.length, why, by };
  await appendFacts(database, transaction, [{ at, kind: "withdrawn", notice, data }]);
  return rows.length;
}
