import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { lettersTo } from "#lib/store/letters.ts";
import { type Subscription, SubscriptionStore } from "#lib/store/subscriptions.ts";
import { addressLabel, type SubscriptionContext } from "./sign-up.ts";

/**
 * Erases a subscription: its address from the store, and the mails to it that lie in the data folder because there is no
 * mail server. What was sent stays in the ledger, under the pseudonym.
 * @returns false when nothing was left to erase
 */
export async function erase(
  subscriptionContext: SubscriptionContext,
  { address, channel, contact, id }: Subscription,
  now: number,
): Promise<boolean> {
  if (address === null) return false;
  const isErased = await new SubscriptionStore(subscriptionContext.database).erase(id, now);
  if (isErased && channel === "email")
    await removeMails(subscriptionContext.mailFolder, subscriptionContext.vault.open(address, addressLabel(id)));
  if (isErased && contact !== null) await removeLetters(subscriptionContext, id);
  return isErased;
}

/** The address of a webhook's contact may have a subscription of its own, whose mails stay. */
async function removeLetters({ database, mailFolder }: SubscriptionContext, subscription: string): Promise<void> {
  for (const id of await lettersTo(database, subscription))
    await rm(join(mailFolder, `letter.${id}.eml`), { force: true });
}

async function removeMails(folder: string, address: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const file = join(folder, name);
    if (!name.endsWith(".eml")) continue;
    const to = /^To: ([^\r\n]*)/im.exec(await readFile(file, "utf8"))?.[1]?.toLowerCase() ?? "";
    if (to.replace(/^.*<|>.*$/g, "").trim() === address) await rm(file, { force: true });
  }
}
