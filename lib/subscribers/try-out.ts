import { setTimeout as sleep } from "node:timers/promises";
import { addLetter, newestState } from "#lib/store/letters.ts";
import type { Roster } from "./roster.ts";
import { newId } from "./sign-up.ts";

/** How long a test message is waited for, in milliseconds, and how often it is looked at. */
const WAIT_MS = 20_000;
const LOOK_MS = 250;

/** As many an operator sends in a day to one subscription. */
const PER_DAY = 50;

/** Sends a test message the way that every message goes. @returns what became of it; `queued` when nobody has sent it yet */
export async function tryOut(
  { database }: Roster,
  subscription: string,
  now: number,
): Promise<"sent" | "failed" | "queued" | "too-many"> {
  // Not counted with what strangers cause to be written to the same mailbox.
  const letter = { id: newId(), subscription, receiver: subscription, kind: "test", dueAt: now } as const;
  const limits = { perDay: PER_DAY, perReceiver: PER_DAY, sameAfterMs: 0 };
  if (!(await addLetter(database, letter, limits, now))) return "too-many";
  for (let waited = 0; waited < WAIT_MS; waited += LOOK_MS) {
    const state = await newestState(database, subscription, "test");
    if (state === "sent" || state === "failed") return state;
    await sleep(LOOK_MS);
  }
  return "queued";
}
