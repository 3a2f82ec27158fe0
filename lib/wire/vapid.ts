import webpush from "web-push";
import type { SiteConfig } from "#lib/model/config.ts";
import type { Database } from "#lib/store/dialect.ts";
import type { Vault } from "#lib/vault/vault.ts";
import type { Environment } from "./environment.ts";

/** Where the keys stand that nobody has set, locked. */
const KEYS = "vapid";

interface Keys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** The keys by which push services know us (RFC 8292): those of the environment, or a pair that is made once and kept. */
export async function vapidOf(
  database: Database,
  vault: Vault,
  { channels }: Environment,
  { url, support }: Pick<SiteConfig, "url" | "support">,
): Promise<Keys & { readonly subject: string }> {
  const subject = channels?.vapid?.subject ?? (support.email === undefined ? url : `mailto:${support.email}`);
  if (channels?.vapid) return { ...channels?.vapid, subject };
  await database.query
    .insertInto("meta")
    .values({ key: KEYS, value: vault.lock(JSON.stringify(webpush.generateVAPIDKeys()), KEYS) })
    .onConflict((clash) => clash.doNothing())
    .execute();
  const { value } = await database.query
    .selectFrom("meta")
    .select("value")
    .where("key", "=", KEYS)
    .executeTakeFirstOrThrow();
  return { ...(JSON.parse(vault.open(value, KEYS)) as Keys), subject };
}
