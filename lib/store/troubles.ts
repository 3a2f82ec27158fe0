import type { Database } from "./dialect.ts";

/** Something that is wrong now and that an operator has to know of, in words with a remedy. */
export interface Trouble {
  /** What is wrong and of what, such as `channel:email`: the same trouble has the same key, whoever finds it. */
  readonly key: string;
  readonly message: string;
  /** When it began, in milliseconds since the epoch. */
  readonly since: number;
  /** How often something failed for it; 0 where nothing is counted. */
  readonly count: number;
}

/** As it is kept: the process that found it says again and again that it goes on. */
interface Kept extends Omit<Trouble, "key"> {
  readonly seenAt: number;
  readonly by: string;
}

/** Rows of `meta` with this prefix hold one trouble each, as JSON. */
const PREFIX = "trouble:";

/** What was not said again for so long is not known any more, in milliseconds: the process that knew has gone. */
const STALE_MS = 120_000;

/**
 * Says that a trouble is there, at its beginning and from time to time while it lasts. Of several processes that find the
 * same one, the first keeps it.
 * @returns whether it has just begun: then somebody has to be told
 */
export async function noteTrouble(
  { query }: Database,
  { key, message, count }: Omit<Trouble, "since">,
  { by, now }: { readonly by: string; readonly now: number },
): Promise<boolean> {
  const name = PREFIX + key;
  const fresh: Kept = { message, since: now, seenAt: now, count, by };
  const added = await query
    .insertInto("meta")
    .values({ key: name, value: JSON.stringify(fresh) })
    .onConflict((clash) => clash.doNothing())
    .returning("key")
    .executeTakeFirst();
  if (added) return true;
  const row = await query.selectFrom("meta").select("value").where("key", "=", name).executeTakeFirst();
  const kept = row && readKept(row.value);
  if (kept && kept.by !== by && isFresh(kept, now)) return false;
  const next: Kept = { ...fresh, since: kept?.since ?? now };
  await query
    .updateTable("meta")
    .set({ value: JSON.stringify(next) })
    .where("key", "=", name)
    .where("value", "=", row?.value ?? "")
    .execute();
  return false;
}

/**
 * Says that a trouble is over. Only the process that keeps it may, or any once that one has gone.
 * @returns the trouble, if this ended it: then somebody has to be told
 */
export async function endTrouble(
  { query }: Database,
  key: string,
  { by, now }: { readonly by: string; readonly now: number },
): Promise<Trouble | undefined> {
  const name = PREFIX + key;
  const row = await query.selectFrom("meta").select("value").where("key", "=", name).executeTakeFirst();
  const kept = row && readKept(row.value);
  if (!row || (kept && kept.by !== by && isFresh(kept, now))) return undefined;
  const gone = await query
    .deleteFrom("meta")
    .where("key", "=", name)
    .where("value", "=", row.value)
    .returning("key")
    .executeTakeFirst();
  return gone && kept && { key, message: kept.message, since: kept.since, count: kept.count };
}

/** Every trouble that is kept, the oldest first; also those whose process has gone, unless only `fresh` ones are asked for. */
export async function keptTroubles(
  { query }: Database,
  now: number,
  { fresh }: { readonly fresh: boolean },
): Promise<readonly Trouble[]> {
  const rows = await query.selectFrom("meta").selectAll().where("key", "like", `${PREFIX}%`).execute();
  return rows
    .flatMap(({ key, value }) => {
      const kept = readKept(value);
      if (!kept || (fresh && !isFresh(kept, now))) return [];
      const { message, since, count } = kept;
      return [{ key: key.slice(PREFIX.length), message, since, count }];
    })
    .sort((a, b) => a.since - b.since);
}

/** A clock that jumped either way makes nothing fresh. */
function isFresh({ seenAt }: Kept, now: number): boolean {
  return Math.abs(now - seenAt) < STALE_MS;
}

function readKept(value: string): Kept | undefined {
  try {
    return JSON.parse(value) as Kept;
  } catch {
    return undefined;
  }
}
