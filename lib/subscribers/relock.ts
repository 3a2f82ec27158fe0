import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { vaultOf } from "#lib/access/open-vault.ts";
import { readSecrets, secretFile } from "#lib/access/secret.ts";
import { vapidKeys } from "#lib/access/vapid.ts";
import type { Vault } from "#lib/access/vault.ts";
import { DEAD_AFTER_MS } from "#lib/delivery/worker-settings.ts";
import { failure } from "#lib/model/failure.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import type { Database } from "#lib/store/dialect.ts";
import { type Subscription, SubscriptionStore } from "#lib/store/subscriptions.ts";
import { hasOldWorker } from "#lib/store/workers.ts";
import { addressLabel, contactLabel, signingLabel } from "./sign-up.ts";

const PAGE = 5_000;

/**
 * Locks everything anew that stands under a former secret. It can be stopped at any moment and begun again: what is done
 * is done, and what is not yet stays readable.
 * @returns how many subscriptions were locked anew
 * @throws when a worker runs that was started before the secret was changed: it could open nothing any more
 */
export async function relockAll(environment: Environment, onProgress: (done: number) => void): Promise<number> {
  await using database = await openDatabase(databaseOf(environment));
  await requireNewWorkers(database, environment);
  const vault = await vaultOf(database, await readSecrets(environment));
  await vapidKeys(database, vault, environment);
  return await relockIn(new SubscriptionStore(database), vault, onProgress);
}

/** Of a secret in the environment nobody knows since when it is there. */
async function requireNewWorkers(database: Database, { data, secret }: Environment): Promise<void> {
  const file = secretFile(data);
  if (secret !== undefined || !existsSync(file)) return;
  const { mtimeMs } = await stat(file);
  const since = { startedBefore: Math.floor(mtimeMs), seenAfter: Date.now() - DEAD_AFTER_MS };
  if (!(await hasOldWorker(database, since))) return;
  const message =
    "A worker is running that was started before the secret was changed; it could read no address any more. Restart “npm start” (or “deliver” and “serve”) first.";
  throw failure("OLD_WORKER", message);
}

export async function relockIn(
  store: SubscriptionStore,
  vault: Vault,
  onProgress: (done: number) => void,
): Promise<number> {
  let done = 0;
  let page: Subscription[] = [];
  const flush = async () => {
    await store.relock(page.map((before) => ({ before, after: relocked(vault, before) })));
    done += page.length;
    onProgress(done);
    page = [];
  };
  for await (const one of store.all()) {
    if (one.address !== null && vault.isStale(one.address)) page.push(one);
    if (page.length >= PAGE) await flush();
  }
  if (page.length > 0) await flush();
  return done;
}

function relocked(vault: Vault, { address, contact, id, signingSecret }: Subscription) {
  const anew = (locked: string | null, label: string) =>
    locked === null ? null : vault.lock(vault.open(locked, label), label);
  return {
    address: anew(address, addressLabel(id)),
    signingSecret: anew(signingSecret, signingLabel(id)),
    contact: anew(contact, contactLabel(id)),
  };
}
