import type { Token } from "#lib/model/access.ts";
import type { Database } from "./dialect.ts";
import type { Tables } from "./schema.ts";

/** Every token that was not removed, oldest first. */
export async function listedTokens({ query }: Database): Promise<readonly Token[]> {
  const rows = await query
    .selectFrom("token")
    .selectAll()
    .where("removed_on", "is", null)
    .orderBy("added_at")
    .orderBy("name")
    .execute();
  return rows.map(tokenOf);
}

/** The token whose secret has this hash, unless it was removed. */
export async function tokenByHash({ query }: Database, hash: string): Promise<Token | undefined> {
  const row = await query
    .selectFrom("token")
    .selectAll()
    .where("hash", "=", hash)
    .where("removed_on", "is", null)
    .executeTakeFirst();
  return row && tokenOf(row);
}

/**
 * Adds a token.
 * @param at milliseconds since the epoch
 * @returns false when there is one of that name or secret, or was one of that secret: it is left as it is
 */
export async function insertToken({ query }: Pick<Database, "query">, token: Token, at: number): Promise<boolean> {
  const { hash, name, role, email = null, expiresOn = null, usedOn = null } = token;
  const added = await query
    .insertInto("token")
    .values({ hash, name, role, email, added_at: at, expires_on: expiresOn, used_on: usedOn, removed_on: null })
    .onConflict((clash) => clash.doNothing())
    .returning("hash")
    .executeTakeFirst();
  return added !== undefined;
}

/** Adds tokens that another place has kept, all of them or none. Those whose name or secret is known are left as they are. */
export async function insertTokens(database: Database, tokens: readonly Token[]): Promise<void> {
  await database.transaction(async (transaction) => {
    // Two that do this at once could wait for each other for ever.
    await database.lock(transaction, "tokens");
    // In the order in which they were added, which days alone do not say.
    for (const [index, token] of tokens.entries())
      await insertToken({ query: transaction }, token, Date.parse(token.addedOn) + index);
  });
}

/** Removes a token: its hash and the day stay, and nothing that says whose it was. @returns false when there is none of that name */
export async function markTokenRemoved({ query }: Database, name: string, day: string): Promise<boolean> {
  const removed = await query
    .updateTable("token")
    .set({ removed_on: day, name: "", email: null })
    .where("name", "=", name)
    .where("removed_on", "is", null)
    .returning("hash")
    .executeTakeFirst();
  return removed !== undefined;
}

/** Notes the day on which a token was last used. */
export async function noteTokenUsed({ query }: Database, hash: string, day: string): Promise<void> {
  await query.updateTable("token").set({ used_on: day }).where("hash", "=", hash).execute();
}

function tokenOf({ name, role, email, hash, added_at, expires_on, used_on }: Tables["token"]): Token {
  return {
    name,
    role,
    ...(email === null ? {} : { email }),
    hash,
    addedOn: new Date(added_at).toISOString().slice(0, 10),
    ...(expires_on === null ? {} : { expiresOn: expires_on }),
    ...(used_on === null ? {} : { usedOn: used_on }),
  };
}
