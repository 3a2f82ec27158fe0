import type { Database, Transaction } from "./dialect.ts";

/** Where the ids of all mails about notices end, for as long as this database lives. */
const MAIL_DOMAIN = "mail_domain";

/**
 * The domain in the Message-IDs of notices (RFC 5322, section 3.6.4) and in their List-ID, which has to stay the same
 * (RFC 2919, section 2): with another one mail programs would begin a second thread. It is the host of the site's address
 * when the first notice was sealed; `undefined` before that.
 */
export async function mailDomain({ query }: Database): Promise<string | undefined> {
  const row = await query.selectFrom("meta").select("value").where("key", "=", MAIL_DOMAIN).executeTakeFirst();
  if (row) return row.value;
  // What was sealed before this was kept had the host that its site had then.
  const first = await query.selectFrom("notice").select("data").orderBy("made_at").limit(1).executeTakeFirst();
  if (!first) return undefined;
  return new URL((JSON.parse(first.data) as { readonly site: { readonly url: string } }).site.url).hostname;
}

/** Keeps the domain under which the first notice is sealed; every later one changes nothing. */
export async function keepMailDomain(transaction: Transaction, domain: string): Promise<void> {
  await transaction
    .insertInto("meta")
    .values({ key: MAIL_DOMAIN, value: domain })
    .onConflict((clash) => clash.doNothing())
    .execute();
}
