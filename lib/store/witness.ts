import type { Database } from "./dialect.ts";

/** The day (UTC, `2026-03-05`) of which a witness has the end of the ledger last. */
export async function witnessedDay({ query }: Database, target: string): Promise<string | undefined> {
  const row = await query.selectFrom("witness").select("day").where("target", "=", target).executeTakeFirst();
  return row?.day;
}

/** Notes that a witness has the end of the ledger of a day. */
export async function keepWitnessed({ query }: Database, target: string, day: string): Promise<void> {
  await query
    .insertInto("witness")
    .values({ target, day })
    .onConflict((clash) => clash.column("target").doUpdateSet({ day }))
    .execute();
}
