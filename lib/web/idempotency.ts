import { createHash } from "node:crypto";
import { orAway } from "#lib/store/away.ts";
import type { Database } from "#lib/store/dialect.ts";
import { claimRequestKey, forgetRequestKey, forgetRequestKeys, keepAnswer } from "#lib/store/request-keys.ts";
import { BEFORE, takeOverRequests } from "./old-requests.ts";

/** How long a key is remembered, in milliseconds. */
const KEPT_MS = 24 * 60 * 60_000;

export interface OnceKey {
  /** Whose key it is: two callers may choose the same word. */
  readonly of: string;
  readonly key: string;
  /** What is asked; the same key must not be used for something else. */
  readonly request: string;
}

export type Once<T> =
  | { readonly kind: "done"; readonly answer: T; readonly isReplay: boolean }
  /** The key was used for another request. */
  | { readonly kind: "other-request" }
  /** A request with this key is being worked on, or was cut off: whether it was done is not known. */
  | { readonly kind: "unknown" };

/** Where keys are remembered. */
export interface Memory {
  readonly database: Database;
  /** The data folder, where an older version has kept them. */
  readonly data: string;
}

/**
 * Does something once for a key, at whichever server it is asked for: asked again, the first answer is given again. A key is
 * forgotten when nothing was done.
 * @param isDone whether an answer means that something was done
 * @throws with the code `DATABASE_AWAY`, and with nothing done, when nobody can say whether it was done before
 */
export async function once<T>(
  memory: Memory,
  { of, key, request }: OnceKey,
  now: number,
  work: () => Promise<T>,
  isDone: (answer: T) => boolean,
): Promise<Once<T>> {
  const { database } = memory;
  const id = hash(`${of}\n${key}`);
  const asked = hash(request);
  // Noted before the work begins, so that a crash in its middle is seen as one.
  const kept = await claim(memory, { id, asked, at: now });
  if (kept) {
    if (kept.asked !== null && kept.asked !== asked) return { kind: "other-request" };
    if (kept.answer === null) return { kind: "unknown" };
    return { kind: "done", answer: JSON.parse(kept.answer) as T, isReplay: true };
  }
  let answer: T;
  try {
    answer = await work();
  } catch (error) {
    // Otherwise the note stays: nobody knows how far it came.
    if (NOTHING_DONE.has(String((error as NodeJS.ErrnoException).code)))
      await orElseKept(forgetRequestKey(database, id));
    throw error;
  }
  if (!isDone(answer)) await orElseKept(forgetRequestKey(database, id));
  else await orElseKept(keepAnswer(database, id, JSON.stringify(answer)));
  return { kind: "done", answer, isReplay: false };
}

/** What says that nothing was done: there was no room for a file, so that it is as it was; or nothing was begun. */
const NOTHING_DONE: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EFBIG", "DATABASE_AWAY"]);

/** What came of the work its caller shall hear, also when that cannot be noted any more: the note then says that the key was used. */
async function orElseKept(noted: Promise<void>): Promise<void> {
  await noted.catch(() => undefined);
}

/** @returns undefined when it is claimed, or what is known of the key */
async function claim({ database, data }: Memory, note: { id: string; asked: string; at: number }) {
  await takeOverRequests(database, data);
  await forgetRequestKeys(database, note.at - KEPT_MS).catch(orAway(BEFORE));
  return await claimRequestKey(database, note).catch(orAway(BEFORE));
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
