import type { Halt, Scope } from "#lib/model/delivery.ts";
import type { Database } from "./dialect.ts";
import { appendFacts } from "./ledger.ts";

/** Stops everything within a scope, until it is lifted. Halting what is halted is harmless. */
export async function halt(database: Database, { scope, why, at, by }: Halt): Promise<void> {
  await database.transaction(async (transaction) => {
    await database.lock(transaction, "halts");
    await transaction.insertInto("halt").values({ scope, why, halted_at: at, halted_by: by }).execute();
    await appendFacts(database, transaction, [{ at, kind: "halted", data: { scope, why, by } }]);
  });
}

export async function activeHalts(database: Database): Promise<readonly Halt[]> {
  const rows = await database.query
    .selectFrom("halt")
    .selectAll()
    .where("lifted_at", "is", null)
    .orderBy("id")
    .execute();
  return rows.map((row) => ({ scope: row.scope as Scope, why: row.why, at: row.halted_at, by: row.halted_by }));
}

/** Lifts every halt of a scope; of all scopes without one. @returns how many halts were lifted */
export async function lift(
  database: Database,
  { scope, at, by }: { readonly scope?: Scope; readonly at: number; readonly by: string },
): Promise<number> {
  return await database.transaction(async (transaction) => {
    // What is lifted is what the ledger says was halted before.
    await database.lock(transaction, "halts");
    let lifting = transaction.updateTable("halt").set({ lifted_at: at, lifted_by: by }).where("lifted_at", "is", null);
    if (scope !== undefined) lifting = lifting.where("scope", "=", scope);
    const lifted = await lifting.returning("scope").execute();
    if (lifted.length === 0) return 0;
    const scopes = [...new Set(lifted.map((row) => row.scope))];
    await appendFacts(database, transaction, [{ at, kind: "resumed", data: { scopes, by } }]);
    return lifted.length;
  });
}
