import { randomBytes } from "node:crypto";
import type { Database } from "#lib/store/dialect.ts";
import { openVault, type Vault } from "#lib/vault/vault.ts";

/** Where the root of pseudonyms and proofs stands, locked. */
const ROOT = "vault_root";

/**
 * Opens the vault of a database. What pseudonyms and proofs stand on is made once and kept in it, locked under the
 * secret, so that it outlives a change of the secret.
 * @throws when the database was filled under a secret that is not among these
 */
export async function vaultOf(database: Database, secrets: readonly [string, ...string[]]): Promise<Vault> {
  const lid = openVault(secrets, Buffer.alloc(32));
  const made = lid.lock(randomBytes(32).toString("base64url"), ROOT);
  await database.query
    .insertInto("meta")
    .values({ key: ROOT, value: made })
    .onConflict((clash) => clash.doNothing())
    .execute();
  const { value } = await database.query
    .selectFrom("meta")
    .select("value")
    .where("key", "=", ROOT)
    .executeTakeFirstOrThrow();
  const root = lid.open(value, ROOT);
  if (lid.isStale(value)) {
    await database.query
      .updateTable("meta")
      .set({ value: lid.lock(root, ROOT) })
      .where("key", "=", ROOT)
      .execute();
  }
  return openVault(secrets, Buffer.from(root, "base64url"));
}
