import { vaultOf } from "#lib/access/open-vault.ts";
import { readSecrets } from "#lib/access/secret.ts";
import type { Interest } from "#lib/model/subscription.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { SubscriptionStore } from "#lib/store/subscriptions.ts";

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
