import { sql } from "kysely";
import type { Database } from "./dialect.ts";

/**
 * The letters that the queue holds: `confirm` asks whether an address wants to be subscribed (or wants to be again after
 * it was set aside), `known` says that it is, to whoever has signed it up again, and `test` shows whether it is reached.
 */
export type LetterKind = "confirm" | "known" | "test";

/** A letter that one worker has taken. */
export interface ClaimedLetter {
  readonly id: string;
  readonly subscription: string;
  readonly kind: LetterKind;
  /** How often it was tried, this time included. */
  readonly attempt: number;
}

export interface NewLetter {
  /** Letters and digits: receivers know a repetition by it. */
  readonly id: string;
  readonly subscription: string;
  readonly kind: LetterKind;
}

/** How often letters may be written to one subscription. */
export interface LetterLimits {
  readonly perDay: number;
  /** The same letter again not before so many milliseconds have passed. */
  readonly sameAfterMs: number;
}

const DAY_MS = 86_400_000;

/** Puts a letter into the queue, unless its subscription has had as many as it may. @returns whether it is in the queue */
export async function addLetter(
  database: Database,
  letter: NewLetter,
  { perDay, sameAfterMs }: LetterLimits,
  now: number,
): Promise<boolean> {
  return await database.transaction(async (transaction) => {
    await database.lock(transaction, `letters ${letter.subscription}`);
    const recent = await transaction
      .selectFrom("letter")
      .select(["kind", "made_at"])
      .where("subscription", "=", letter.subscription)
      .where("made_at", ">", now - DAY_MS)
      .execute();
    const isTooSoon = recent.some(({ kind, made_at }) => kind === letter.kind && made_at > now - sameAfterMs);
    if (isTooSoon || recent.length >= perDay) return false;
    const row = { ...letter, state: "queued" as const, due_at: now, made_at: now };
    await transaction.insertInto("letter").values(row).execute();
    return true;
  });
}

/**
 * Takes up to `most` letters that are due. Until `leaseMs` have passed nobody else takes them; a letter whose worker
 * died is then written again, as a second question to confirm does no harm.
 */
export async function claimLetters(
  database: Database,
  { now, most, leaseMs }: { readonly now: number; readonly most: number; readonly leaseMs: number },
): Promise<readonly ClaimedLetter[]> {
  const { rows } = await database.transaction((transaction) =>
    sql<ClaimedLetter>`
      update letter set state = 'sending', attempts = attempts + 1, due_at = ${now + leaseMs}
      where id in (
        select id from letter where state in ('queued', 'sending') and due_at <= ${now}
        order by due_at limit ${most} ${database.words.skipLocked}
      )
      returning id, subscription, kind, attempts as attempt`.execute(transaction),
  );
  return rows;
}

/** What became of a letter; with `queued` it is tried again at `dueAt`. */
export async function settleLetter(
  database: Database,
  id: string,
  state: "queued" | "sent" | "failed",
  dueAt = 0,
): Promise<void> {
  await database.query.updateTable("letter").set({ state, due_at: dueAt }).where("id", "=", id).execute();
}

/** Forgets letters that went out, or could not, before `before`. */
export async function forgetLetters(database: Database, before: number): Promise<void> {
  await database.query
    .deleteFrom("letter")
    .where("state", "in", ["sent", "failed"])
    .where("made_at", "<", before)
    .execute();
}
