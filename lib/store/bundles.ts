import { sql } from "kysely";
import type { Notice } from "#lib/model/notice.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { Database, Transaction } from "./dialect.ts";
import type { Fact } from "./facts.ts";
import { appendFacts } from "./ledger.ts";

/** Something that waited for a subscription, and is told by a later notice's message now. */
export interface Folded {
  readonly id: number;
  readonly subscription: string;
  readonly subscriber: string;
  readonly notice: string;
}

/** When subscriptions were last told of an event, in milliseconds since the epoch: `now` of what is just on its way. */
export async function lastTold(
  transaction: Transaction,
  { event, subscriptions, now }: { event: string; subscriptions: readonly string[]; now: number },
): Promise<ReadonlyMap<string, number>> {
  if (subscriptions.length === 0) return new Map();
  const rows = await transaction
    .selectFrom("delivery")
    .innerJoin("notice", "notice.id", "delivery.notice")
    .select("delivery.subscription")
    .select(
      sql<number>`max(case when delivery.state in ('queued', 'sending') then ${now} else delivery.settled_at end)`.as(
        "at",
      ),
    )
    .where("notice.event", "=", event)
    .where("delivery.subscription", "in", subscriptions)
    .where((where) =>
      where.or([
        where("delivery.state", "in", ["accepted", "unknown", "sending"]),
        where.and([
          where("delivery.state", "=", "queued"),
          where.or([where("delivery.due_at", "<=", now), where("delivery.attempts", ">", 0)]),
        ]),
      ]),
    )
    .groupBy("delivery.subscription")
    .execute();
  return new Map(rows.map(({ subscription, at }) => [subscription, Number(at)]));
}

/**
 * Takes what waits under the same names for the message of a new notice: nobody else will send it, unless that message
 * is taken back. What a worker has just taken, was tried before, or must not leave stays as it is.
 * @param wanted for each subscription the name of the bundle
 */
export async function takeWaiting(
  database: Database,
  transaction: Transaction,
  { notice, channel, now, wanted }: { notice: string; channel: ChannelName; now: number; wanted: Wanted },
): Promise<readonly Folded[]> {
  if (wanted.length === 0) return [];
  const list = database.words.elements(wanted);
  const detail = toldBy(notice);
  const { rows: taken } = await sql<Folded>`
    update delivery set state = 'folded', carried_by = ${notice}, settled_at = ${now}, detail = ${detail}, combined = null,
      combined_proof = null
    where id in (
      select delivery.id from ${list} join delivery on delivery.subscription = value ->> 0 and delivery.bundle = value ->> 1
        join seal on seal.notice = delivery.notice and seal.channel = delivery.channel
        join notice on notice.id = delivery.notice
      where delivery.bundle is not null and delivery.state = 'queued' and delivery.attempts = 0
        and delivery.due_at > ${now} and seal.state = 'open' and delivery.notice <> ${notice}
        and not exists (select 1 from halt where lifted_at is null and scope in
          ('all', 'notice:' || notice.id, 'incident:' || notice.event, 'channel:' || ${channel}))
    ) and state = 'queued' and attempts = 0
    returning id, subscription, subscriber, notice`.execute(transaction);
  if (taken.length === 0) return [];
  const carriers = database.words.elements(taken.map((one) => [one.subscription, one.notice]));
  const { rows: carried } = await sql<Folded>`
    update delivery set carried_by = ${notice}, detail = ${detail}
    where state = 'folded' and carried_by is not null and exists (
      select 1 from ${carriers} where delivery.subscription = value ->> 0 and delivery.carried_by = value ->> 1)
    returning id, subscription, subscriber, notice`.execute(transaction);
  return [...taken, ...carried];
}

type Wanted = readonly (readonly [subscription: string, bundle: string])[];

/** What stands with a delivery that the message of another notice tells. */
function toldBy(notice: string): string {
  return `Told by the message of notice ${notice}.`;
}

/** What the ledger says of each delivery that another's message tells. */
export function foldedFact(
  { id, notice, subscriber, subscription }: Folded,
  { by, channel, text, at }: { by: string; channel: ChannelName; text: string; at: number },
): Fact {
  const data = { state: "folded", subscription, carriedBy: by, text, detail: toldBy(by) } as const;
  return { kind: "folded", at, notice, channel, subscriber, delivery: id, data };
}

/** A delivery whose message tells more than its own notice. */
interface Carrier {
  readonly notice: string;
  readonly subscription: string;
  /** When what it lets go of is due; at once without it. */
  readonly dueAt?: number;
}

/** Lets go of what messages would have told besides their own notice: each waits by itself again, with its own text. */
export async function letGo(
  database: Database,
  transaction: Transaction,
  carriers: readonly Carrier[],
  why: string,
  at: number,
): Promise<void> {
  if (carriers.length === 0) return;
  const list = database.words.elements(carriers.map((one) => [one.subscription, one.notice, one.dueAt ?? 0]));
  await sql`update delivery set combined = null, combined_proof = null from ${list}
    where delivery.subscription = value ->> 0 and delivery.notice = value ->> 1`.execute(transaction);
  const { rows } = await sql<Folded & { channel: ChannelName }>`
    update delivery set state = 'queued', carried_by = null, settled_at = null, detail = ${why}, due_at = cast(value ->> 2 as bigint)
    from ${list}
    where delivery.state = 'folded' and delivery.subscription = value ->> 0 and delivery.carried_by = value ->> 1
    returning delivery.id, delivery.notice, delivery.channel, delivery.subscriber`.execute(transaction);
  const facts = rows.map(({ channel, id, notice, subscriber }): Fact => {
    return { kind: "released", at, notice, channel, subscriber, delivery: id, data: { state: "queued", why } };
  });
  await appendFacts(database, transaction, facts);
}

/**
 * Takes notices out of the messages that would have told them along with others and have not left: they are told to
 * nobody any more, and those others by themselves. What is in flight comes to its own end.
 * @returns how many deliveries were or may yet be concerned
 */
export async function strip(
  database: Database,
  transaction: Transaction,
  notices: readonly string[],
  why: string,
  at: number,
): Promise<number> {
  const folded = await transaction
    .selectFrom("delivery as member")
    .innerJoin("delivery as carrier", (join) =>
      join.onRef("carrier.notice", "=", "member.carried_by").onRef("carrier.subscription", "=", "member.subscription"),
    )
    .select(["member.id", "carrier.id as carrierId", "carrier.notice", "carrier.subscription"])
    .select(["member.notice as told", "member.channel", "member.subscriber"])
    .where("member.notice", "in", notices)
    .where("member.state", "=", "folded")
    .where("carrier.state", "in", ["queued", "sending"])
    .execute();
  if (folded.length === 0) return 0;
  // Whoever is just settling one of them is waited for, or finds that its notice was taken back.
  const carrying = [...new Set(folded.map(({ notice }) => notice))].sort();
  await sql`update seal set wave = wave where notice in (${sql.join(carrying)})`.execute(transaction);
  const { rows: waiting } = await sql<{ id: number; due_at: number }>`
    select id, due_at from delivery where state = 'queued'
      and id in (select cast(value ->> 0 as bigint) from ${database.words.elements(folded.map((one) => [one.carrierId]))})`.execute(
    transaction,
  );
  const dueAt = new Map(waiting.map((one) => [Number(one.id), Number(one.due_at)]));
  const stopped = folded.filter(({ carrierId }) => dueAt.has(Number(carrierId)));
  if (stopped.length === 0) return folded.length;
  await sql`update delivery set state = 'withdrawn', carried_by = null, settled_at = ${at}, detail = ${why}
    where id in (select cast(value ->> 0 as bigint) from ${database.words.elements(stopped.map(({ id }) => [id]))})`.execute(
    transaction,
  );
  const facts = stopped.map(({ id, told: notice, channel, subscriber }): Fact => {
    const data = { state: "withdrawn", why } as const;
    return { kind: "withdrawn", at, notice, channel: channel as ChannelName, subscriber, delivery: Number(id), data };
  });
  await appendFacts(database, transaction, facts);
  const carriers = stopped.map((one) => ({ ...one, dueAt: dueAt.get(Number(one.carrierId)) ?? 0 }));
  await letGo(database, transaction, carriers, why, at);
  return folded.length;
}

/**
 * The message of the week tells what is ahead: of work that has begun or ended it tells nothing any more.
 * @returns whether such a message may have come apart
 */
export async function overtake(
  database: Database,
  transaction: Transaction,
  { event, id, kind }: Notice,
  at: number,
): Promise<boolean> {
  if (kind !== "maintenance_begun" && kind !== "maintenance_ended") return false;
  const rows = await transaction
    .selectFrom("delivery")
    .innerJoin("notice", "notice.id", "delivery.notice")
    .select(["delivery.id", "delivery.notice", "delivery.subscription"])
    .where("notice.event", "=", event.id)
    .where("delivery.bundle", "=", "week")
    .where("delivery.state", "in", ["queued", "folded"])
    .execute();
  if (rows.length === 0) return false;
  const why = `The work had begun before it was told: notice ${id}.`;
  const notices = [...new Set(rows.map(({ notice }) => notice))];
  const stripped = await strip(database, transaction, notices, why, at);
  const { rows: gone } = await sql<{ notice: string; subscription: string; due_at: number }>`
    update delivery set state = 'withdrawn', settled_at = ${at}, detail = ${why}
    where notice in (${sql.join(notices)}) and bundle = 'week' and state = 'queued' and attempts = 0
    returning notice, subscription, due_at`.execute(transaction);
  const carriers = gone.map((one) => ({ ...one, dueAt: Number(one.due_at) }));
  await letGo(database, transaction, carriers, why, at);
  const data = { count: gone.length + stripped, rows: gone.length, why, notices };
  await appendFacts(database, transaction, [{ at, kind: "withdrawn", data }]);
  return true;
}

/** Of notices that messages tell along with others: which were taken back meanwhile. */
export async function takenBackAmong(transaction: Transaction, notices: readonly string[]): Promise<readonly string[]> {
  if (notices.length === 0) return [];
  const rows = await transaction
    .selectFrom("ledger")
    .select("notice")
    .where("notice", "in", notices)
    .where("kind", "=", "withdrawn")
    .execute();
  return [...new Set(rows.map(({ notice }) => notice as string))];
}
