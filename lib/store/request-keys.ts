import type { Database } from "./dialect.ts";
import { insertUnknown } from "./insert-unknown.ts";

/** What is known of a key under which something is done once. */
export interface RequestKey {
  /** A hash of whose it is and what it is. */
  readonly id: string;
  /** A hash of what is asked under it; null where that cannot be read any more. */
  readonly asked: string | null;
  /** JSON; null until it was done. */
  readonly answer: string | null;
  /** When it was first used, in milliseconds since the epoch. */
  readonly at: number;
}

/** Claims a key, for whoever comes first of all servers. @returns undefined when it is claimed, or what is known of it */
export async function claimRequestKey(
  { query }: Database,
  { id, asked, at }: Omit<RequestKey, "answer">,
): Promise<Pick<RequestKey, "asked" | "answer"> | undefined> {
  const claimed = await query
    .insertInto("request_key")
    .values({ id, asked, answer: null, at })
    .onConflict((clash) => clash.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (claimed) return undefined;
  const known = query.selectFrom("request_key").select(["asked", "answer"]).where("id", "=", id);
  // Whoever had it may have let go of it just now.
  return (await known.executeTakeFirst()) ?? { asked: null, answer: null };
}

/** Keeps what a request came to, to be answered again. */
export async function keepAnswer({ query }: Database, id: string, answer: string): Promise<void> {
  await query.updateTable("request_key").set({ answer }).where("id", "=", id).execute();
}

/** Lets a key be used again. */
export async function forgetRequestKey({ query }: Database, id: string): Promise<void> {
  await query.deleteFrom("request_key").where("id", "=", id).execute();
}

/** Forgets every key that was first used before `before`. */
export async function forgetRequestKeys({ query }: Database, before: number): Promise<void> {
  await query.deleteFrom("request_key").where("at", "<", before).execute();
}

/** Adds keys that another place has kept, all of them or none. Those that are known are left as they are. */
export async function insertRequestKeys(database: Database, keys: readonly RequestKey[]): Promise<void> {
  await database.transaction(async (transaction) => {
    // Two that do this at once could wait for each other for ever.
    await database.lock(transaction, "request keys");
    await insertUnknown(transaction, "request_key", keys);
  });
}
