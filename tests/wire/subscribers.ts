import type { Interest } from "#lib/model/subscription.ts";
import { openDatabase } from "#lib/store/database.ts";
import { SubscriptionStore } from "#lib/store/subscriptions.ts";
import { databaseOf, type Environment } from "#lib/wire/environment.ts";
import { readSecrets } from "#lib/wire/secret.ts";
import { vaultOf } from "#lib/wire/vault.ts";

const ALL: Interest = { components: [], topics: ["incidents", "maintenance", "reports"], leastImpact: "none" };

/** Confirmed subscribers by e-mail; the nth has the id `subscription<n>`, counted from `first`. */
export async function subscribe(
  environment: Environment,
  addresses: readonly string[],
  now: number,
  first = 0,
): Promise<void> {
  await using database = await openDatabase(databaseOf(environment));
  const vault = await vaultOf(database, await readSecrets(environment));
  const rows = addresses.map((address, index) => ({
    id: `subscription${first + index}`,
    channel: "email" as const,
    subscriber: vault.pseudonym("email", address),
    address: vault.lock(address, `address subscription${first + index}`),
    signingSecret: null,
    interest: ALL,
    state: "active" as const,
    createdAt: now,
    confirmedAt: now,
    source: "form",
  }));
  await new SubscriptionStore(database).add(rows, now);
}
