import type { Transaction } from "kysely";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { Fact } from "./facts.ts";

import { tellContact } from "./letters.ts";
import type { Tables } from "./schema.ts";

/** How often in a row, and for how long, an address may fail before it is set aside. */
export const QUARANTINE = { failures: 5, afterMs: 24 * 3_600_000 };

/**
 * Sets an address aside: nothing is sent there until its owner says that it works again. A webhook's contact is told.
 * @param why for its owner and the operator: no address and no secret in it
 * @returns what the caller has to write into the ledger; nothing when it was not active
 */
export async function setAside(
  transaction: Transaction<Tables>,
  subscription: string,
  why: string,
  at: number,
): Promise<Fact | undefined> {
  const row = await transaction
    .updateTable("subscription")
    .set({ state: "quarantined", ended_why: why })
    .where("id", "=", subscription)
    .where("state", "=", "active")
    .returning(["channel", "subscriber"])
    .executeTakeFirst();
  if (!row) return undefined;
  await tellContact(transaction, subscription, "quarantined", at);
  const { channel, subscriber } = row;
  return { kind: "quarantined", at, channel: channel as ChannelName, subscriber, data: { subscription, why } };
}
