import type { Database } from "./dialect.ts";
import { readLedger } from "./ledger.ts";
import { liveHash } from "./live.ts";

/** As many events are read together. */
const PAGE = 500;

/**
 * Holds what was pushed against the ledger: every event says what it said when it was noted.
 * @returns what does not agree, as sentences
 */
export async function verifyLive(database: Database): Promise<readonly string[]> {
  const faults: string[] = [];
  let noted = new Map<number, string>();
  for await (const { data } of readLedger(database, { kind: "live" })) {
    const { events } = data as { events: readonly { readonly id: number; readonly hash: string }[] };
    for (const { id, hash } of events) noted.set(id, hash);
    if (noted.size < PAGE) continue;
    faults.push(...(await faultsOf(database, noted)));
    noted = new Map();
  }
  return [...faults, ...(await faultsOf(database, noted))];
}

async function faultsOf({ query }: Database, noted: ReadonlyMap<number, string>): Promise<string[]> {
  if (noted.size === 0) return [];
  const rows = await query
    .selectFrom("live_event")
    .selectAll()
    .where("id", "in", [...noted.keys()])
    .execute();
  const found = new Map(rows.map((row) => [row.id, liveHash(row)]));
  return [...noted].flatMap(([id, hash]) => {
    if (!found.has(id)) return [`Event ${id} was pushed, and it is gone.`];
    return found.get(id) === hash ? [] : [`Event ${id} is not the one that was pushed.`];
  });
}
