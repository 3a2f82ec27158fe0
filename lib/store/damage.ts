import { sql } from "kysely";
import type { Database } from "./dialect.ts";
import { isWhole, openSnapshots } from "./snapshots.ts";

/**
 * Reads every snapshot and every picture, and holds it against its checksum.
 * @returns what is damaged, as “snapshot 12” or “picture 0123456789abcdef”
 */
export async function findDamage(database: Database): Promise<readonly string[]> {
  const store = openSnapshots(database);
  const damaged: string[] = [];
  for (const { id } of await store.list()) {
    const fault = await store.content(id).catch((error: Error & { code?: unknown }) => error);
    if (!(fault instanceof Error)) continue;
    if ((fault as { code?: unknown }).code !== "DAMAGED") throw fault;
    damaged.push(`snapshot ${id}`);
  }
  for (const { hash } of await database.query.selectFrom("image").select("hash").execute()) {
    const image = await database.query.selectFrom("image").selectAll().where("hash", "=", hash).executeTakeFirst();
    if (image && !isWhole(image)) damaged.push(`picture ${hash}`);
  }
  return damaged;
}

/** What SQLite says of its own file, where it is one; nothing where it is sound. */
export async function fileDamage({ kind, query }: Database): Promise<string | undefined> {
  if (kind !== "sqlite") return undefined;
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(query);
  const said = rows[0]?.integrity_check ?? "nothing is known of it";
  return said === "ok" ? undefined : said;
}
