import webpush from "web-push";
import type { SiteConfig } from "#lib/model/config.ts";
import type { Environment } from "#lib/settings/environment.ts";
import type { Database } from "#lib/store/dialect.ts";
import { keepFirst, keptValue, replaceValue } from "#lib/store/meta.ts";
import type { Vault } from "./vault.ts";

/** Where the keys stand that nobody has set, locked. */
const KEYS = "vapid";

interface Keys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** The keys by which push services know us (RFC 8292), and whom they can reach about us. */
export async function vapidOf(
  database: Database,
  vault: Vault,
  environment: Environment,
  { url, support }: Pick<SiteConfig, "url" | "support">,
): Promise<Keys & { readonly subject: string }> {
  const said = environment.channels?.vapid?.subject;
  const subject = said ?? (support.email === undefined ? url : `mailto:${support.email}`);
  return { ...(await vapidKeys(database, vault, environment)), subject };
}

/**
 * The keys of the environment, or a pair that is made once and kept under the present secret: browsers have subscribed to
 * this very pair, so it outlives a change of the secret.
 */
export async function vapidKeys(database: Database, vault: Vault, { channels }: Environment): Promise<Keys> {
  if (channels?.vapid) return channels.vapid;
  const value =
    (await keptValue(database, KEYS)) ??
    (await keepFirst(database, KEYS, vault.lock(JSON.stringify(webpush.generateVAPIDKeys()), KEYS)));
  const keys = vault.open(value, KEYS);
  if (vault.isStale(value)) await replaceValue(database, KEYS, vault.lock(keys, KEYS));
  return JSON.parse(keys) as Keys;
}
