import type { Answer, Settled } from "#lib/model/delivery.ts";
import { letGo, strip } from "./bundles.ts";
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
 * comes to its own end, and is not tried again. @returns how many deliveries were taken back
 */
export async function withdrawNotice(
  database: Database,
  transaction: Transaction,
  { notice, why, by, at }: Withdrawal,
): Promise<number> {
  // The seals first: whoever is just settling what was in flight is waited for, or finds them done.
  await transaction
    .updateTable("seal")
    .set({ state: "done" })
    .where("notice", "=", notice)
    .where("state", "<>", "done")
    .execute();
  const stripped = await strip(database, transaction, [notice], why, at);
  const rows = await transaction
    .updateTable("delivery")
    .set({ state: "withdrawn", settled_at: at, detail: why })
    .where("notice", "=", notice)
    .where("state", "=", "queued")
    .returning(["subscription", "combined", "due_at"])
    .execute();
  const count = rows.length + stripped;
  if (count === 0) return 0;
  // What it would have told besides itself is not wrong for that.
  const carriers = rows
    .filter(({ combined }) => combined !== null)
    .map(({ due_at, subscription }) => ({ notice, subscription, dueAt: Number(due_at) }));
  await letGo(database, transaction, carriers, why, at);
  await appendFacts(database, transaction, [
    { at, kind: "withdrawn", notice, data: { count, rows: rows.length, why, by } },
  ]);
  return count;
}

const LATE: Answer = { outcome: "unsent", detail: "The notice was taken back meanwhile." };

/** Takes back what came back to be tried again after its notice was taken back. @returns what became of it */
export async function takeBack(transaction: Transaction, late: readonly Settled[]): Promise<readonly Settled[]> {
  if (late.length === 0) return [];
  const ids = late.map(({ claimed }) => claimed.id);
  const endedAt = Math.max(...late.map((one) => one.endedAt));
  await transaction
    .updateTable("delivery")
    .set({ state: "withdrawn", detail: LATE.detail, settled_at: endedAt })
    .where("id", "in", ids)
    .where("state", "=", "queued")
    .execute();
  return late.map(({ claimed, startedAt }) => ({
    claimed,
    state: "withdrawn",
    answer: LATE,
    startedAt,
    endedAt,
  }));
}
