import { sql } from "kysely";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { Database, Transaction } from "./dialect.ts";
import { INTEREST_COLUMNS } from "./interest.ts";
import type { Found } from "./sealing.ts";

/** A delivery that waits by itself, with who it is for. */
export interface Apart extends Omit<Found, "id"> {
  readonly id: number;
  readonly subscription: string;
  readonly notice: string;
  readonly channel: ChannelName;
  readonly bundle: string;
}

/**
 * What waits by itself although it waits for the same subscription under the same name as something else, in the order in
 * which it was sealed. What must not leave, or was tried, is not among it.
 * @param now milliseconds since the epoch
 */
export async function waitingApart(transaction: Transaction, now: number): Promise<readonly Apart[]> {
  const isWaiting = (name: string) =>
    sql`${sql.ref(`${name}.state`)} = 'queued' and ${sql.ref(`${name}.attempts`)} = 0 and ${sql.ref(`${name}.due_at`)} > ${now}`;
  const { rows } = await sql<Apart>`
    select delivery.id, delivery.subscription, delivery.subscriber, delivery.notice, delivery.channel, delivery.bundle,
      ${sql.join(INTEREST_COLUMNS.map((name) => sql.ref(`subscription.${name}`)))}
    from delivery join subscription on subscription.id = delivery.subscription and subscription.state = 'active'
      join seal on seal.notice = delivery.notice and seal.channel = delivery.channel and seal.state = 'open'
      join notice on notice.id = delivery.notice
    where delivery.bundle is not null and ${isWaiting("delivery")}
      and exists (select 1 from delivery as another where another.bundle is not null
        and another.subscription = delivery.subscription and another.bundle = delivery.bundle
        and another.id <> delivery.id and ${isWaiting("another")})
      and not exists (select 1 from halt where lifted_at is null and scope in
        ('all', 'notice:' || notice.id, 'incident:' || notice.event, 'channel:' || delivery.channel))
    order by delivery.id`.execute(transaction);
  return rows.map((row) => ({ ...row, id: Number(row.id) }));
}

/** A text that tells several notices, for one recipient of the newest. */
export interface Combined {
  readonly delivery: number;
  readonly hash: string;
  readonly proof: string;
}

/** Has deliveries tell what was folded into them as well. @param texts the texts by their hashes */
export async function combine(
  database: Database,
  transaction: Transaction,
  { notice, channel }: Pick<Apart, "notice" | "channel">,
  all: readonly Combined[],
  texts: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [hash, body] of texts) {
    await transaction
      .insertInto("rendering")
      .values({ notice, channel, hash, body })
      .onConflict((clash) => clash.doNothing())
      .execute();
  }
  const list = database.words.elements(all.map(({ delivery, hash, proof }) => [delivery, hash, proof]));
  await sql`update delivery set combined = value ->> 1, combined_proof = value ->> 2 from ${list}
    where delivery.id = cast(value ->> 0 as bigint)`.execute(transaction);
}
