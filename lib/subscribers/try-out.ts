import { setTimeout as sleep } from "node:timers/promises";
import type { Roster } from "./roster.ts";
import { writeLetter } from "./sign-up.ts";

/** How long a test message is waited for, in milliseconds, and how often it is looked at. */
const WAIT_MS = 20_000;
const LOOK_MS = 250;

/** Sends a test message the way that every message goes. @returns what became of it; `queued` when nobody has sent it yet */
export async function tryOut(
  { database }: Roster,
  subscription: string,
  now: number,
): Promise<"sent" | "failed" | "queued" | "too-many"> {
  if (!(await writeLetter(database, subscription, "test", now))) return "too-many";
  for (let waited = 0; waited < WAIT_MS; waited += LOOK_MS) {
    const { state } = await database.query
      .selectFrom("letter")
      .select("state")
      .where("subscription", "=", subscription)
      .where("kind", "=", "test")
      .orderBy("made_at", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
    if (state === "sent" || state === "failed") return state;
    await sleep(LOOK_MS);
  }
  return "queued";
}
