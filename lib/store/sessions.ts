import type { Database } from "./dialect.ts";

/** Somebody who is signed in. */
export interface KeptSession {
  /** SHA-256 of the session's id, in hexadecimal: the id itself is kept nowhere. */
  readonly id: string;
  /** The hash of the token that was shown. */
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly ends_at: number;
  /** What is to be told once. */
  readonly notice: string | null;
  /** What was typed before, as JSON. */
  readonly carried: string | null;
}

/** Opens a session, and forgets those that are over and all but the `most` newest. */
export async function openSession(
  database: Database,
  session: KeptSession,
  { now, most }: { readonly now: number; readonly most: number },
): Promise<void> {
  await database.transaction(async (transaction) => {
    // Two that do this at once could wait for each other for ever.
    await database.lock(transaction, "sessions");
    await transaction.deleteFrom("operator_session").where("ends_at", "<=", now).execute();
    await transaction.insertInto("operator_session").values(session).execute();
    // All last equally long: the newest is the one that ends last.
    const newest = transaction.selectFrom("operator_session").select("id").orderBy("ends_at", "desc").orderBy("id");
    await transaction.deleteFrom("operator_session").where("id", "not in", newest.limit(most)).execute();
  });
}

/** The session of that id, unless it is over. */
export async function sessionById({ query }: Database, id: string, now: number): Promise<KeptSession | undefined> {
  const known = query.selectFrom("operator_session").selectAll().where("id", "=", id).where("ends_at", ">", now);
  return await known.executeTakeFirst();
}

export async function closeSession({ query }: Database, id: string): Promise<void> {
  await query.deleteFrom("operator_session").where("id", "=", id).execute();
}

/** Keeps what is to be told once, in the place of what was not told yet. */
export async function keepNotice({ query }: Database, id: string, notice: string): Promise<void> {
  await query.updateTable("operator_session").set({ notice }).where("id", "=", id).execute();
}

/** Takes what is kept for one page, so that no other shows it. @returns false when somebody was faster */
export async function takeKept(
  { query }: Database,
  id: string,
  what: "notice" | "carried",
  text: string,
): Promise<boolean> {
  const taken = await query
    .updateTable("operator_session")
    .set({ [what]: null })
    .where("id", "=", id)
    .where(what, "=", text)
    .returning("id")
    .executeTakeFirst();
  return taken !== undefined;
}
