import { type Selectable, sql, type Transaction } from "kysely";
import type { Claimed, OpenSeal } from "#lib/model/delivery.ts";
import type { Notice } from "#lib/model/notice.ts";
import { scopesOf } from "#lib/model/scopes.ts";
import type { Interest } from "#lib/model/subscription.ts";
import { letGo } from "./bundles.ts";
import type { Database } from "./dialect.ts";
import { INTEREST_COLUMNS, interestOf } from "./interest.ts";
import { unreachedAmong } from "./reached.ts";
import type { Tables } from "./schema.ts";

/**
 * Takes up to `most` deliveries of a seal that are due, for this worker alone. It looks for halts itself: once one is
 * written down, nothing more is taken, whatever the worker knew before.
 */
export async function claim(
  database: Database,
  transaction: Transaction<Tables>,
  { notice, channel, corrects, event, wave }: OpenSeal,
  taking: Taking,
): Promise<readonly Claimed[]> {
  const { worker, most, now } = taking;
  const waves = Array.from({ length: wave + 1 }, (_, number) => number);
  const scopes = scopesOf({ notice, channel, event });
  const { rows: taken } = await sql<Taken>`
    update delivery set state = 'sending', worker = ${worker}, claimed_at = ${now}, attempts = attempts + 1
    where id in (
      select id from delivery
      where notice = ${notice} and channel = ${channel} and state = 'queued'
        and wave in (${sql.join(waves)}) and due_at <= ${now}
        and exists (select 1 from seal where notice = ${notice} and channel = ${channel} and state = 'open')
        and not exists (select 1 from halt where lifted_at is null and scope in (${sql.join(scopes)}))
        and ${corrects === undefined ? sql`true` : hasEnded(corrects)}
        and (combined is null or not exists (
          select 1 from delivery as member join notice on notice.id = member.notice
            join halt on halt.lifted_at is null and halt.scope in ('notice:' || notice.id, 'incident:' || notice.event)
          where member.subscription = delivery.subscription and member.carried_by = delivery.notice))
      limit ${most} ${database.words.skipLocked}
    )
    returning id, subscription, subscriber, coalesce(combined_proof, proof) as proof, coalesce(combined, text) as text,
      combined, answers, expires_at, attempts`.execute(transaction);
  if (taken.length === 0) return [];
  const { rows: subscriptions } = await sql<Asking>`
    select id, state, address, signing_secret, failures, ${sql.join(INTEREST_COLUMNS.map((name) => sql.ref(name)))} from subscription
    where id in (select value ->> 0 from ${database.words.elements(taken.map((row) => [row.subscription]))})`.execute(
    transaction,
  );
  const byId = new Map(subscriptions.map((row) => [row.id, row]));
  const carried = await carriedBy(
    database,
    transaction,
    notice,
    taken.filter(({ combined }) => combined !== null).map((row) => row.subscription),
  );
  const needless =
    corrects === undefined
      ? undefined
      : await unreachedAmong(
          database,
          transaction,
          corrects,
          taken.map((row) => row.subscription),
        );
  const claimed = taken.map(
    ({ id, subscription, subscriber, proof, text, combined, answers, expires_at, attempts }): Claimed => {
      const found = byId.get(subscription);
      return {
        id,
        subscription,
        subscriber,
        proof,
        notice,
        channel,
        attempt: attempts,
        claimedAt: now,
        address: found?.state === "active" ? found.address : null,
        signingSecret: found?.signing_secret ?? null,
        failures: found?.failures ?? 0,
        interest: interestOf(found ?? NOTHING),
        ...(text === null ? {} : { text }),
        ...(answers === null ? {} : { answers }),
        ...(needless?.has(subscription) ? { isNeedless: true } : {}),
        ...(expires_at === null ? {} : { expiresAt: Number(expires_at) }),
        ...(combined === null ? {} : { carries: (carried.get(subscription) ?? []).map((each) => each.notice) }),
      };
    },
  );
  const fresh = await withoutStale(database, transaction, claimed, carried, now);
  return await heldBack(database, transaction, fresh, taking);
}

/** Whether it is known by now what became of the wrong message that a correction to the same subscription answers. */
function hasEnded(wrong: string) {
  return sql`not exists (
    select 1 from delivery as wrong left join delivery as carrier
      on wrong.state = 'folded' and carrier.notice = wrong.carried_by and carrier.subscription = wrong.subscription
    where wrong.notice = ${wrong} and wrong.subscription = delivery.subscription
      and coalesce(carrier.state, wrong.state) = 'sending')`;
}

/** How deliveries are taken. */
interface Taking {
  readonly worker: string;
  readonly most: number;
  readonly now: number;
  /** Until when a notice has to wait for somebody's quiet hours to end; undefined when it need not. */
  readonly holdUntil: (notice: Notice, interest: Interest, now: number) => number | undefined;
  /** The wave that nobody waits for. */
  readonly lastWave: number;
}

/** Somebody who asks for nothing. */
const NOTHING = {
  components: "[]",
  topics: 0,
  least_impact: 0,
  ends_only: 0,
  every_minutes: 0,
  quiet: null,
  weekly: 0,
  zone: null,
} as const;

interface Member {
  readonly subscription: string;
  readonly notice: string;
  readonly expires_at: number | null;
}

/** What messages tell besides their own notice, by subscription. */
export async function carriedBy(
  { words }: Database,
  transaction: Transaction<Tables>,
  notice: string,
  subscriptions: readonly string[],
): Promise<ReadonlyMap<string, readonly Member[]>> {
  if (subscriptions.length === 0) return new Map();
  const { rows } = await sql<Member>`
    select subscription, notice, expires_at from delivery
    where carried_by = ${notice} and subscription in (select value ->> 0 from ${words.elements(subscriptions.map((one) => [one]))})
    order by id`.execute(transaction);
  return Map.groupBy(rows, (row) => row.subscription);
}

/** Takes messages apart of which a part is over: each part is looked at by itself then. */
async function withoutStale(
  database: Database,
  transaction: Transaction<Tables>,
  claimed: readonly Claimed[],
  carried: ReadonlyMap<string, readonly Member[]>,
  now: number,
): Promise<readonly Claimed[]> {
  const isOver = ({ expires_at }: Member) => expires_at !== null && expires_at <= now;
  const stale = claimed.filter(({ carries, subscription }) => carries && carried.get(subscription)?.some(isOver));
  if (stale.length === 0) return claimed;
  await transaction
    .updateTable("delivery")
    .set((row) => ({ state: "queued", worker: null, claimed_at: null, attempts: row("attempts", "-", 1) }))
    .where(
      "id",
      "in",
      stale.map(({ id }) => id),
    )
    .execute();
  await letGo(database, transaction, stale, "A part of the message was over before it could leave.", now);
  return claimed.filter((one) => !stale.includes(one));
}

/** Puts back what would break somebody's quiet hours: whatever it was that made it late, and however they chose since. */
async function heldBack(
  database: Database,
  transaction: Transaction<Tables>,
  claimed: readonly Claimed[],
  { holdUntil, lastWave, now }: Taking,
): Promise<readonly Claimed[]> {
  const [first] = claimed.filter(({ interest }) => interest.quiet);
  if (!first) return claimed;
  const query = transaction.selectFrom("notice").select("data").where("id", "=", first.notice);
  const notice = JSON.parse((await query.executeTakeFirstOrThrow()).data) as Notice;
  const held = claimed.flatMap((one): [Claimed, number][] => {
    const until = holdUntil(notice, one.interest, now);
    return until === undefined ? [] : [[one, until]];
  });
  const list = database.words.elements(held.map(([{ id }, until]) => [id, until]));
  await sql`update delivery set state = 'queued', worker = null, claimed_at = null, attempts = attempts - 1,
      wave = ${lastWave}, due_at = cast(value ->> 1 as bigint)
    from ${list} where delivery.id = cast(value ->> 0 as bigint)`.execute(transaction);
  const ids = new Set(held.map(([{ id }]) => id));
  return claimed.filter(({ id }) => !ids.has(id));
}

type Asking = Pick<
  Selectable<Tables["subscription"]>,
  "id" | "state" | "address" | "signing_secret" | "failures" | (typeof INTEREST_COLUMNS)[number]
>;

interface Taken {
  readonly id: number;
  readonly subscription: string;
  readonly subscriber: string;
  readonly proof: string;
  readonly text: string | null;
  readonly combined: string | null;
  readonly answers: string | null;
  readonly expires_at: number | null;
  readonly attempts: number;
}
