import type { Database } from "./dialect.ts";

/** What an installation keeps under a name, one value each; undefined as long as there is none. */
export async function keptValue({ query }: Database, key: string): Promise<string | undefined> {
  const row = await query.selectFrom("meta").select("value").where("key", "=", key).executeTakeFirst();
  return row?.value;
}

/** Keeps a value under a name that has none yet; of several at once, one does. @returns what is kept by then */
export async function keepFirst(database: Database, key: string, value: string): Promise<string> {
  await database.query
    .insertInto("meta")
    .values({ key, value })
    .onConflict((clash) => clash.doNothing())
    .execute();
  return (await keptValue(database, key)) ?? value;
}

/** Puts another value in the place of the one that is kept under a name. */
export async function replaceValue({ query }: Database, key: string, value: string): Promise<void> {
  await query.updateTable("meta").set({ value }).where("key", "=", key).execute();
}
