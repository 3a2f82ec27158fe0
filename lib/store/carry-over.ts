import { sql } from "kysely";
import type { ChannelName } from "#lib/model/subscription.ts";
import { storedHead } from "./chain.ts";
import type { Database, Transaction } from "./dialect.ts";
import type { Fact } from "./facts.ts";
import { appendFacts } from "./ledger.ts";
import { recordsOf } from "./records.ts";

/** A subscription that is over, known by the pseudonym alone. */
export interface Ended {
  readonly channel: string;
  readonly subscriber: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly isErased: boolean;
}

/** What may only move forward, as a database has it: no restoration undoes it. */
export interface Forward {
  readonly ended: readonly Ended[];
  /** What subscribers were told: known events as JSON, by id. */
  readonly known: readonly { readonly id: string; readonly data: string }[];
}

/** What of it a restored database did not know. */
export interface CarriedOver {
  readonly ended: number;
  readonly known: number;
}

/** Every subscription that is over. */
export async function endedIn({ query }: Pick<Database, "query">): Promise<readonly Ended[]> {
  const rows = await query
    .selectFrom("subscription")
    .select(["channel", "subscriber", "ended_at", "address"])
    .where("state", "=", "ended")
    .orderBy("channel")
    .orderBy("subscriber")
    .execute();
  return rows.map(({ channel, subscriber, ended_at: at, address }) => ({
    channel,
    subscriber,
    at: at ?? 0,
    isErased: address === null,
  }));
}

/** How many there are and when the last ended: what changes whenever the list does. */
export async function endedMark({ query }: Pick<Database, "query">): Promise<string> {
  const { rows } = await sql<{ count: number; last: number | null; erased: number }>`
    select count(*) as count, max(ended_at) as last, count(*) - count(address) as erased
    from subscription where state = 'ended'`.execute(query);
  return JSON.stringify(rows);
}

/**
 * Reads what must not be lost from the database that a backup takes the place of. What was told counts only where the
 * backup is an earlier state of the same database, and where nothing of it is still waiting to be sent.
 */
export async function readForward(database: Database, backup: Database): Promise<Forward> {
  const ended = await endedIn(database);
  const head = (await storedHead(backup.query)) ?? { seq: 0, hash: "" };
  const same = await database.query.selectFrom("ledger").select("hash").where("seq", "=", head.seq).executeTakeFirst();
  if (same?.hash !== head.hash) return { ended, known: [] };
  const known = await database.query
    .selectFrom("known_event")
    .selectAll()
    .where("id", "not in", (query) =>
      query
        .selectFrom("notice")
        .innerJoin("delivery", "delivery.notice", "notice.id")
        .select("notice.event")
        .where("delivery.state", "in", ["queued", "sending"]),
    )
    .execute();
  return { ended, known };
}

/** Has a database that was just restored know it as well. Who has confirmed again later than the end stays. */
export async function carryForward(
  database: Database,
  transaction: Transaction,
  { ended, known }: Forward,
  at: number,
): Promise<CarriedOver> {
  const facts: Fact[] = [];
  let ends = 0;
  for (let from = 0; from < ended.length; from += 5_000) {
    const list = ended
      .slice(from, from + 5_000)
      .map((one) => [one.channel, one.subscriber, one.at, one.isErased ? 1 : 0]);
    const { rows } = await sql<EndedRow>`
      with gone as (
        select value ->> 0 as channel, value ->> 1 as subscriber, cast(value ->> 2 as bigint) as at,
          cast(value ->> 3 as bigint) as erased
        from ${database.words.elements(list)}
      )
      update subscription set state = 'ended', ended_at = gone.at,
        ended_why = case when gone.erased = 1 then 'erased' else 'It had ended when a backup was restored.' end,
        address = case when gone.erased = 1 then null else address end,
        signing_secret = case when gone.erased = 1 then null else signing_secret end,
        contact = case when gone.erased = 1 then null else contact end,
        contact_key = case when gone.erased = 1 then null else contact_key end
      from gone
      where subscription.channel = gone.channel and subscription.subscriber = gone.subscriber
        and coalesce(subscription.confirmed_at, 0) <= gone.at
        and (subscription.state <> 'ended' or (gone.erased = 1 and subscription.address is not null))
      returning subscription.id, subscription.channel, subscription.subscriber, subscription.ended_at as at,
        subscription.ended_why as why`.execute(transaction);
    ends += rows.length;
    facts.push(...rows.map(endedFact));
  }
  for (const { id, data } of known) {
    await transaction
      .insertInto("known_event")
      .values({ id, data })
      .onConflict((clash) => clash.column("id").doUpdateSet({ data }))
      .execute();
  }
  const carried = { ended: ends, known: known.length };
  const restored: Fact = { at, kind: "restored", data: { ...carried } };
  await appendFacts(database, transaction, [restored, ...facts, ...recordsOf("known_event", known, at)]);
  return carried;
}

interface EndedRow {
  readonly id: string;
  readonly channel: ChannelName;
  readonly subscriber: string;
  readonly at: number;
  readonly why: string;
}

/** An end that the restored ledger does not know of, as it was when it came. */
function endedFact({ at, channel, id: subscription, subscriber, why }: EndedRow): Fact {
  const kind = why === "erased" ? "erased" : "ended";
  return { kind, at: Number(at), channel, subscriber, data: { subscription, why } };
}
