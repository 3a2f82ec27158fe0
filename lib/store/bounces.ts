import type { Transaction } from "kysely";
import type { Database } from "./dialect.ts";
import type { Fact } from "./facts.ts";
import { appendFacts } from "./ledger.ts";
import type { Tables } from "./schema.ts";
import { QUARANTINE, setAside } from "./set-aside.ts";

/** A mail that was sent to a subscription. */
export interface SentMail {
  readonly delivery: number;
  readonly notice: string;
  readonly subscription: string;
}

/** What came back of it. */
export interface Returned {
  readonly kind: "gone" | "failed" | "delayed";
  readonly status?: string;
  readonly detail: string;
}

/** `early`: whether it was sent is not written down yet. `known`: that has been reported before. */
export type Noted = "noted" | "set-aside" | "known" | "early";

/** Reports of longer ago say nothing of an address today, in milliseconds. */
const REMEMBER_MS = 30 * 86_400_000;

/** The mails that were sent to a subscription, newest first; reports about older ones come no more. */
export async function mailsTo({ query }: Database, subscription: string): Promise<readonly SentMail[]> {
  const owner = await query
    .selectFrom("subscription")
    .select("subscriber")
    .where("id", "=", subscription)
    .where("channel", "=", "email")
    .executeTakeFirst();
  if (!owner) return [];
  const rows = await query
    .selectFrom("delivery")
    .select(["id", "notice"])
    .where("subscriber", "=", owner.subscriber)
    .where("subscription", "=", subscription)
    .where("channel", "=", "email")
    .orderBy("id", "desc")
    .limit(200)
    .execute();
  return rows.map(({ id, notice }) => ({ delivery: id, notice, subscription }));
}

/**
 * Writes down that a mail came back: in the queue, where it counts as failed from now on, in the counts of its seal, and
 * in the ledger. Sets the address aside when nobody is there, or when mails came back for long. The same again changes
 * nothing.
 */
export async function noteReturned(
  database: Database,
  { delivery: id, subscription }: SentMail,
  { detail, kind, status }: Returned,
  at: number,
): Promise<Noted> {
  return await database.transaction(async (transaction) => {
    // Two workers may read the same mail.
    await database.lock(transaction, `returned ${id}`);
    const sent = await transaction
      .selectFrom("delivery")
      .innerJoin("subscription", "subscription.id", "delivery.subscription")
      .select(["delivery.notice", "delivery.state", "delivery.subscriber", "subscription.confirmed_at"])
      .where("delivery.id", "=", id)
      .executeTakeFirst();
    // One that another message told was no mail of its own.
    if (!sent || sent.state === "withdrawn" || sent.state === "folded") return "known";
    if (sent.state === "queued" || sent.state === "sending") return "early";
    const { notice, subscriber } = sent;
    const reports = await reportsOf(transaction, subscriber, at - REMEMBER_MS);
    const isOver = kind !== "delayed";
    if (reports.some((one) => one.delivery === id && (!isOver || one.kind !== "delayed"))) return "known";
    const state = isOver ? ("failed" as const) : sent.state;
    const counted = sent.state === "failed" ? undefined : sent.state;
    if (isOver && counted) {
      await transaction
        .updateTable("delivery")
        .set({ state, detail, settled_at: at })
        .where("id", "=", id)
        .where("state", "=", counted)
        .execute();
      await transaction
        .updateTable("seal")
        .set((row) => ({ [counted]: row(counted, "-", 1), failed: row("failed", "+", 1) }))
        .where("notice", "=", notice)
        .where("channel", "=", "email")
        .execute();
    }
    const data = { kind, status, detail, state };
    const fact: Fact = { kind: "bounced", at, notice, channel: "email", subscriber, delivery: id, data };
    const failures = [...reports, { kind, at }].filter(
      (one) => one.kind === "failed" && one.at > (sent.confirmed_at ?? 0),
    );
    const isLong =
      failures.length >= QUARANTINE.failures && (failures[0]?.at ?? at) <= at - QUARANTINE.afterMs && kind === "failed";
    const aside = kind === "gone" || isLong ? await setAside(transaction, subscription, detail, at) : undefined;
    await appendFacts(database, transaction, aside ? [fact, aside] : [fact]);
    return aside ? "set-aside" : "noted";
  });
}

/** What was reported of a subscriber's mails since a moment, oldest first. Each was accepted before, so only the ledger can count them. */
async function reportsOf(transaction: Transaction<Tables>, subscriber: string, since: number) {
  const rows = await transaction
    .selectFrom("ledger")
    .select(["at", "delivery", "data"])
    .where("subscriber", "=", subscriber)
    .where("kind", "=", "bounced")
    .where("at", ">", since)
    .orderBy("seq")
    .execute();
  return rows.map(({ at, data, delivery }) => ({ at, delivery, kind: (JSON.parse(data) as Returned).kind }));
}
