import { randomBytes } from "node:crypto";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import type { Database } from "#lib/store/dialect.ts";
import { keyLedger } from "#lib/store/key-ledger.ts";
import { keepFirst, keptValue, replaceValue } from "#lib/store/meta.ts";
import { readSecrets } from "./secret.ts";
import { openVault, type Vault } from "./vault.ts";

/** Where the root of pseudonyms, proofs and the ledger's key stands, locked. */
const ROOT = "vault_root";

/**
 * What the root is locked as once the ledger is keyed. Nobody without the secret can lock it as what it was before, so
 * nobody can pass a ledger off as one from before it was keyed.
 */
const KEYED = "vault_root of a keyed ledger";

type Secrets = readonly [string, ...string[]];

/**
 * Opens the vault of a database, and keys its ledger. What pseudonyms, proofs and that key stand on is made once and kept in
 * the database, locked under the secret, so that it outlives a change of the secret.
 * @throws when the database was filled under a secret that is not among these
 */
export async function vaultOf(database: Database, secrets: Secrets): Promise<Vault> {
  const lid = openVault(secrets, Buffer.alloc(32));
  const made = lid.lock(randomBytes(32).toString("base64url"), KEYED);
  const { root, isKeyed, isStale } = rootOf(await keepFirst(database, ROOT, made), lid);
  const vault = openVault(secrets, root);
  const relocked = lid.lock(root.toString("base64url"), KEYED);
  if (!isKeyed) await keyLedger(database, vault.ledgerKey, { key: ROOT, value: relocked }, Date.now());
  else if (isStale) await replaceValue(database, ROOT, relocked);
  database.ledgerKey = vault.ledgerKey;
  return vault;
}

/** The same of a database that is only looked at: nothing is written. @returns undefined where no vault was ever opened */
export async function existingVault(database: Database, secrets: Secrets): Promise<Vault | undefined> {
  const lid = openVault(secrets, Buffer.alloc(32));
  const known = await keptValue(database, ROOT);
  if (known === undefined) return undefined;
  const { root, isKeyed } = rootOf(known, lid);
  const vault = openVault(secrets, root);
  if (isKeyed) database.ledgerKey = vault.ledgerKey;
  return vault;
}

/** Opens an environment's database together with its vault, for whoever writes into the ledger. */
export async function openStore(environment: Environment): Promise<{ database: Database; vault: Vault }> {
  const database = await openDatabase(databaseOf(environment));
  try {
    return { database, vault: await vaultOf(database, await readSecrets(environment)) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Whether a vault was ever opened in a database. */
export async function hasVault(database: Database): Promise<boolean> {
  return (await keptValue(database, ROOT)) !== undefined;
}

function rootOf(value: string, lid: Vault) {
  const keyed = opened(lid, value, KEYED);
  // Also says why, when it can be opened as neither.
  const text = keyed ?? lid.open(value, ROOT);
  return { root: Buffer.from(text, "base64url"), isKeyed: keyed !== undefined, isStale: lid.isStale(value) };
}

function opened(lid: Vault, locked: string, as: string): string | undefined {
  try {
    return lid.open(locked, as);
  } catch {
    return undefined;
  }
}
