import { sql } from "kysely";
import type { Database } from "./dialect.ts";

/** The newest instant that the store says it has seen, in milliseconds since the epoch; 0 where it has seen none. */
export async function newestInstant({ query }: Database): Promise<number> {
  const { rows } = await sql<{ at: number | null }>`
    select at from (select at, seq from ledger order by seq desc limit 1) as last
    union all select published_at from (select published_at, id from snapshot order by id desc limit 1) as newest
    union all select max(seen_at) from worker`.execute(query);
  return Math.max(0, ...rows.map(({ at }) => Number(at ?? 0)));
}

/** The database's own clock, in milliseconds since the epoch; nothing where the database has none but this machine's. */
export async function databaseTime({ kind, query }: Database): Promise<number | undefined> {
  if (kind !== "postgres") return undefined;
  const { rows } = await sql<{ at: string }>`select extract(epoch from clock_timestamp()) * 1000 as at`.execute(query);
  return Math.round(Number(rows[0]?.at));
}
