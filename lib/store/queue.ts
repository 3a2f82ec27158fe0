import { type RawBuilder, sql, type Transaction } from "kysely";
import { type OpenSeal, type Settled, sealKey } from "#lib/model/delivery.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import { letGo, strip, takenBackAmong } from "./bundles.ts";
import type { Database } from "./dialect.ts";
import type { Fact } from "./facts.ts";
import { appendFacts } from "./ledger.ts";
import { tellContact } from "./letters.ts";
import type { Tables } from "./schema.ts";
import { QUARANTINE, setAside } from "./set-aside.ts";
import { takeBack } from "./withdraw.ts";

/** What is open, oldest first. */
export async function openSeals(database: Database): Promise<readonly OpenSeal[]> {
  const rows = await database.query
    .selectFrom("seal")
    .innerJoin("notice", "notice.id", "seal.notice")
    .select(["seal.notice", "seal.channel", "seal.wave", "seal.recipients", "notice.event", "notice.corrects"])
    .select(["seal.accepted", "seal.failed", "seal.unknown"])
    .where("seal.state", "=", "open")
    .orderBy("seal.sealed_at")
    .orderBy("seal.notice")
    .execute();
  return rows.map(({ corrects, ...row }) => ({
    ...row,
    channel: row.channel as ChannelName,
    ...(corrects === null ? {} : { corrects }),
  }));
}

/**
 * Writes down what became of attempts: in the queue, in the counts of their seals, and in the ledger. What is not in this
 * worker's hands any more, because it was taken for dead, keeps its state, unless the answer says for certain what
 * nobody knew. Written down twice, an attempt counts once.
 */
export async function settle(
  database: Database,
  transaction: Transaction<Tables>,
  worker: string,
  settled: readonly Settled[],
): Promise<void> {
  if (settled.length === 0) return;
  // Written so that no index fits: SQLite would look through all that this worker holds, for each of them.
  const isHeld = sql`delivery.state = 'sending' and coalesce(delivery.worker, '') = ${worker}`;
  const held = await update(database, transaction, settled, isHeld);
  const late = settled.filter((one) => !held.has(one) && (one.state === "accepted" || one.state === "failed"));
  const told = late.length === 0 ? held : await update(database, transaction, late, sql`delivery.state = 'unknown'`);
  const known = settled.filter((one) => held.has(one) || told.has(one));
  const over = await count(transaction, known, (one) => !held.has(one));
  const taken = await takeBack(
    transaction,
    known.filter(({ claimed, state }) => state === "queued" && over.has(sealKey(claimed))),
  );
  await releaseCarried(database, transaction, [...known, ...taken]);
  const judged = await judgeAddresses(transaction, known);
  await appendFacts(database, transaction, [...[...known, ...taken].map(factOf), ...judged]);
}

/** A message that will not leave, or of which a part was taken back meanwhile, lets go of what it would have told besides. */
async function releaseCarried(
  database: Database,
  transaction: Transaction<Tables>,
  settled: readonly Settled[],
): Promise<void> {
  const carrying = settled.filter(({ claimed }) => claimed.carries);
  if (carrying.length === 0) return;
  const at = Math.max(...carrying.map(({ endedAt }) => endedAt));
  const over = carrying.filter(({ state }) => state === "withdrawn").map(({ claimed }) => claimed);
  await letGo(database, transaction, over, "The message that was to tell it was not sent.", at);
  const again = carrying.filter(({ state }) => state === "queued").flatMap(({ claimed }) => claimed.carries ?? []);
  const back = await takenBackAmong(transaction, [...new Set(again)]);
  if (back.length > 0) await strip(database, transaction, back, "Its notice was taken back.", at);
}

/** Due whatever a clock says: those of several machines, or one that was set back, do not agree. */
const AT_ONCE = 0;

/** @returns those whose delivery is as `where` says, and this attempt its last */
async function update(
  database: Database,
  transaction: Transaction<Tables>,
  settled: readonly Settled[],
  where: RawBuilder<unknown>,
): Promise<ReadonlySet<Settled>> {
  const list = settled.map(({ claimed, state, dueAt, answer, endedAt }) => [
    claimed.id,
    claimed.attempt,
    state,
    // Neither can be a part of JSON that PostgreSQL reads; an error of the machine's own may quote anything.
    answer.detail.toWellFormed().replaceAll("\0", ""),
    state === "queued" ? null : endedAt,
    dueAt ?? AT_ONCE,
    // What never left was not tried.
    claimed.attempt - (answer.outcome === "unsent" ? 1 : 0),
  ]);
  const { rows } = await sql<{ id: number }>`
    with done as (
      select cast(value ->> 0 as bigint) as id, cast(value ->> 1 as bigint) as attempt, value ->> 2 as state,
        value ->> 3 as detail, cast(value ->> 4 as bigint) as settled_at, cast(value ->> 5 as bigint) as due_at,
        cast(value ->> 6 as bigint) as attempts
      from ${database.words.elements(list)}
    )
    update delivery set worker = null, claimed_at = null, state = done.state, detail = done.detail,
      settled_at = done.settled_at, due_at = done.due_at, attempts = done.attempts
    from done where delivery.id = done.id and delivery.attempts = done.attempt and ${where}
    returning delivery.id`.execute(transaction);
  const ids = new Set(rows.map(({ id }) => id));
  return new Set(settled.filter(({ claimed }) => ids.has(claimed.id)));
}

function factOf({ claimed, state, answer, startedAt, endedAt, messageHash, dueAt }: Settled): Fact {
  const { notice, channel, subscriber, id, attempt } = claimed;
  const { outcome, detail } = answer;
  const data = { attempt, outcome, state, detail, startedAt, messageHash, nextAt: dueAt };
  return { at: endedAt, kind: "attempted", notice, channel, subscriber, delivery: id, data };
}

const COUNTED = ["accepted", "failed", "unknown"] as const;

/**
 * Counts answers on their seals: in one order, so that two workers never wait for each other. Whoever takes a notice
 * back waits here, or is waited for.
 * @returns the seals that are over
 */
async function count(
  transaction: Transaction<Tables>,
  settled: readonly Settled[],
  wasUnknown: (one: Settled) => boolean,
): Promise<ReadonlySet<string>> {
  const over = new Set<string>();
  const bySeal = Map.groupBy(settled, ({ claimed }) => sealKey(claimed));
  for (const [name, of] of [...bySeal].sort()) {
    const [accepted = 0, failed = 0, made = 0] = COUNTED.map((state) => of.filter((one) => one.state === state).length);
    const unknown = made - of.filter(wasUnknown).length;
    const { notice, channel } = (of[0] as Settled).claimed;
    const { rows } = await sql<{ state: string }>`
      update seal set accepted = accepted + ${accepted}, failed = failed + ${failed}, unknown = unknown + ${unknown}
      where notice = ${notice} and channel = ${channel} returning state`.execute(transaction);
    if (rows[0]?.state === "done") over.add(name);
  }
  return over;
}

/**
 * Ends subscriptions whose address is gone, and sets those aside that have failed for long.
 * @returns what the ledger has to know of it: whoever writes it holds up all others, so that comes last
 */
async function judgeAddresses(transaction: Transaction<Tables>, settled: readonly Settled[]): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  const inOrder = settled.toSorted((a, b) => (a.claimed.subscription < b.claimed.subscription ? -1 : 1));
  for (const { claimed, answer, state, endedAt: at } of inOrder) {
    const { channel, failures, subscriber, subscription } = claimed;
    const mine = transaction.updateTable("subscription").where("id", "=", subscription);
    if (answer.outcome === "gone") {
      const { numUpdatedRows } = await mine
        .set({ state: "ended", ended_at: at, ended_why: answer.detail })
        .where("state", "=", "active")
        .executeTakeFirst();
      const data = { subscription, why: answer.detail };
      if (numUpdatedRows === 0n) continue;
      facts.push({ kind: "ended", at, channel, subscriber, data });
      await tellContact(transaction, subscription, "ended", at);
    } else if (answer.outcome === "accepted") {
      if (failures > 0) await mine.set({ failures: 0, failing_since: null }).execute();
    } else if (!answer.isOurs && (state === "failed" || answer.outcome === "deferred")) {
      const row = await mine
        .set((old) => ({
          failures: old("failures", "+", 1),
          failing_since: sql<number>`coalesce(failing_since, ${at})`,
        }))
        .returning(["failures", "failing_since"])
        .executeTakeFirst();
      const isLong = row && row.failures >= QUARANTINE.failures && (row.failing_since ?? at) <= at - QUARANTINE.afterMs;
      const fact = isLong ? await setAside(transaction, subscription, answer.detail, at) : undefined;
      if (fact) facts.push(fact);
    }
  }
  return facts;
}

/**
 * Puts back what the queue believes to be in a worker's hands and is not: its answer to “take these” was lost on the way,
 * so nothing of it was ever tried.
 */
export async function putBack(database: Database, worker: string, held: readonly number[]): Promise<void> {
  const mine = await database.query
    .selectFrom("delivery")
    .select("id")
    .where("worker", "=", worker)
    .where("state", "=", "sending")
    .execute();
  const strays = mine.map(({ id }) => id).filter((id) => !held.includes(id));
  if (strays.length === 0) return;
  await database.query
    .updateTable("delivery")
    .set((row) => ({ state: "queued", worker: null, claimed_at: null, attempts: row("attempts", "-", 1) }))
    .where("id", "in", strays)
    .where("worker", "=", worker)
    .where("state", "=", "sending")
    .execute();
}

/** Says that a worker lives. */
export async function beat(database: Database, worker: string, now: number): Promise<void> {
  await database.query
    .insertInto("worker")
    .values({ id: worker, started_at: now, seen_at: now })
    .onConflict((clash) => clash.column("id").doUpdateSet({ seen_at: now }))
    .execute();
}

/** Takes a worker off the list, once nothing is left in its hands. */
export async function leave(database: Database, worker: string): Promise<void> {
  await database.query.deleteFrom("worker").where("id", "=", worker).execute();
}

const LOST = "The process that sent it died.";

/**
 * Finds workers that have not been heard of since `deadline` and what they had in their hands: whether those messages
 * left, nobody knows. They become `unknown`, never sent again by themselves.
 */
export async function findLost(
  database: Database,
  transaction: Transaction<Tables>,
  deadline: number,
  now: number,
): Promise<number> {
  await database.lock(transaction, "lost");
  const living = transaction.selectFrom("worker").select("id").where("seen_at", ">=", deadline);
  const lost = await transaction
    .updateTable("delivery")
    .set({ state: "unknown", worker: null, claimed_at: null, settled_at: now, due_at: now, detail: LOST })
    .where("state", "=", "sending")
    .where("claimed_at", "<", deadline)
    .where("worker", "not in", living)
    .returning(["id", "notice", "channel", "subscriber", "attempts"])
    .execute();
  await transaction.deleteFrom("worker").where("seen_at", "<", deadline).execute();
  const bySeal = Map.groupBy(lost, sealKey);
  for (const of of bySeal.values()) {
    const { notice, channel } = of[0] as (typeof lost)[number];
    await transaction
      .updateTable("seal")
      .set((row) => ({ unknown: row("unknown", "+", of.length) }))
      .where("notice", "=", notice)
      .where("channel", "=", channel)
      .execute();
  }
  const facts = lost.map((row): Fact => {
    const { notice, subscriber, id: delivery, attempts: attempt } = row;
    return {
      at: now,
      kind: "lost",
      notice,
      channel: row.channel as ChannelName,
      subscriber,
      delivery,
      data: { attempt, detail: LOST },
    };
  });
  await appendFacts(database, transaction, facts);
  return lost.length;
}
