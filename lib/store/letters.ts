import { randomBytes } from "node:crypto";
import type { Transaction } from "kysely";
import type { Database } from "./dialect.ts";
import { type Claim, claimDue, type Settlement, settleClaim } from "./repeatable-queue.ts";
import type { Tables } from "./schema.ts";

/**
 * The letters that the queue holds: `confirm` asks whether an address wants to be subscribed (or wants to be again after
 * it was set aside), `known` says that it is, to whoever has signed it up again, and `test` shows whether it is reached.
 * `quarantined` and `ended` tell a webhook's contact that it was set aside, or is gone.
 */
export type LetterKind = "confirm" | "known" | "test" | ContactLetterKind;
export type ContactLetterKind = "quarantined" | "ended";

/** A letter that one worker has taken. */
export interface ClaimedLetter extends Claim {
  readonly id: string;
  readonly subscription: string;
  readonly kind: LetterKind;
}

export interface NewLetter {
  /** Letters and digits: receivers know a repetition by it. */
  readonly id: string;
  readonly subscription: string;
  /** Where it goes, by a pseudonym: what several addresses share has one budget. */
  readonly receiver: string;
  readonly kind: LetterKind;
  /** When it leaves at the earliest, in milliseconds since the epoch. */
  readonly dueAt: number;
}

/** How often letters may be written to one subscription. */
export interface LetterLimits {
  readonly perDay: number;
  /** Of all subscriptions together that lead to one receiver. */
  readonly perReceiver: number;
  /** The same letter again not before so many milliseconds have passed. */
  readonly sameAfterMs: number;
}

const DAY_MS = 86_400_000;

/** Puts a letter into the queue, unless its subscription or receiver has had as many as it may. @returns whether it is in the queue */
export async function addLetter(
  database: Database,
  { dueAt, ...letter }: NewLetter,
  { perDay, perReceiver, sameAfterMs }: LetterLimits,
  now: number,
): Promise<boolean> {
  return await database.transaction(async (transaction) => {
    await database.lock(transaction, `letters ${letter.receiver}`);
    const toReceiver = await transaction
      .selectFrom("letter")
      .select(["subscription", "kind", "made_at"])
      .where("receiver", "=", letter.receiver)
      .where("made_at", ">", now - DAY_MS)
      .execute();
    const recent = toReceiver.filter(({ subscription }) => subscription === letter.subscription);
    const isTooSoon = recent.some(({ kind, made_at }) => kind === letter.kind && made_at > now - sameAfterMs);
    if (isTooSoon || recent.length >= perDay || toReceiver.length >= perReceiver) return false;
    const row = { ...letter, state: "queued" as const, due_at: dueAt, made_at: now };
    await transaction.insertInto("letter").values(row).execute();
    return true;
  });
}

/** As many letters a day are written to the mailbox of a contact, of however many webhooks. */
const TO_CONTACT_PER_DAY = 3;

/** Puts a letter to a webhook's contact into the queue, if it has one that has not had enough for a day. */
export async function tellContact(
  transaction: Transaction<Tables>,
  subscription: string,
  kind: ContactLetterKind,
  now: number,
): Promise<void> {
  const of = await transaction
    .selectFrom("subscription")
    .select("contact_key")
    .where("id", "=", subscription)
    .executeTakeFirst();
  if (!of?.contact_key) return;
  const recent = await transaction
    .selectFrom("letter")
    .innerJoin("subscription", "subscription.id", "letter.subscription")
    .select("letter.id")
    .where("subscription.contact_key", "=", of.contact_key)
    .where("letter.kind", "in", ["quarantined", "ended"])
    .where("letter.made_at", ">", now - DAY_MS)
    .execute();
  if (recent.length >= TO_CONTACT_PER_DAY) return;
  const id = randomBytes(10).toString("hex");
  await transaction
    .insertInto("letter")
    .values({ id, subscription, receiver: null, kind, state: "queued", due_at: now, made_at: now })
    .execute();
}

/** Takes up to `most` letters that are due. One whose worker died is written again: a second question to confirm does no harm. */
export function claimLetters(
  database: Database,
  when: { readonly now: number; readonly most: number; readonly leaseMs: number },
): Promise<readonly ClaimedLetter[]> {
  return claimDue<Omit<ClaimedLetter, keyof Claim>>(database, "letter", when);
}

/** What became of a letter. */
export async function settleLetter(
  { query }: Database,
  { id, made_at }: ClaimedLetter,
  settlement: Settlement,
): Promise<void> {
  await settleClaim(query, "letter", { name: id, made_at }, settlement);
}

/** Forgets letters that went out, or could not, before `before`. */
export async function forgetLetters(database: Database, before: number): Promise<void> {
  await database.query
    .deleteFrom("letter")
    .where("state", "in", ["sent", "failed"])
    .where("made_at", "<", before)
    .execute();
}

/** Ids of everything that was written to a subscription or its contact. */
export async function lettersTo({ query }: Database, subscription: string): Promise<readonly string[]> {
  const letters = await query.selectFrom("letter").select("id").where("subscription", "=", subscription).execute();
  return letters.map(({ id }) => id);
}

/** What became of the newest letter of a kind to a subscription; undefined where there is none. */
export async function newestState(
  { query }: Database,
  subscription: string,
  kind: LetterKind,
): Promise<string | undefined> {
  const row = await query
    .selectFrom("letter")
    .select("state")
    .where("subscription", "=", subscription)
    .where("kind", "=", kind)
    .orderBy("made_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.state;
}
