import { setTimeout as sleep } from "node:timers/promises";
import { channels } from "#lib/channels/channels.ts";
import { CHANNELS } from "#lib/model/subscription.ts";
import { boardName } from "#lib/store/boards.ts";
import type { Database } from "#lib/store/dialect.ts";
import { type LedgerEntry, readLedger, verifyChain } from "#lib/store/ledger.ts";
import { recentNotices } from "#lib/store/notices.ts";
import { verifyLive } from "#lib/store/verify-live.ts";
import { verifySeals } from "#lib/store/verify-seals.ts";
import type { Vault } from "#lib/vault/vault.ts";
import { eventCalled } from "./control.ts";

/** What is asked of the ledger. */
export interface Question {
  /** Slug of an incident. */
  readonly incident?: string | undefined;
  readonly notice?: string | undefined;
  /** An address as its owner writes it, on whatever channel, or a pseudonym. */
  readonly subscriber?: string | undefined;
  /** Name of a wallboard. */
  readonly board?: string | undefined;
}

/** The entries that answer a question, in their order. */
export async function* answers(database: Database, vault: Vault, question: Question): AsyncGenerator<LedgerEntry> {
  const notices = await noticesOf(database, question);
  const asked = notices === undefined ? {} : { notices };
  if (question.board !== undefined) {
    yield* readLedger(database, { ...asked, subscriber: boardName(question.board) });
    return;
  }
  if (question.subscriber === undefined) {
    yield* readLedger(database, asked);
    return;
  }
  for (const subscriber of pseudonymsOf(vault, question.subscriber)) {
    yield* readLedger(database, { ...asked, subscriber });
  }
}

async function noticesOf(database: Database, { incident, notice }: Question): Promise<readonly string[] | undefined> {
  if (notice !== undefined) return [notice];
  if (incident === undefined) return undefined;
  const told = await recentNotices(database.query, 10_000, await eventCalled(database, incident));
  return told.map((one) => one.notice.id);
}

/** The names that an address has in the ledger, one for each channel that could have it; a pseudonym is its own. */
function pseudonymsOf(vault: Vault, address: string): readonly string[] {
  if (/^[\da-f]{32}$/.test(address)) return [address];
  return CHANNELS.flatMap((name) => {
    const read = channels[name].readAddress(address, { allowPrivateTargets: true });
    return "value" in read ? [vault.pseudonym(name, read.value)] : [];
  });
}

/** @returns everything that is not as it was written; nothing when all of it is */
export async function verify(database: Database): Promise<readonly string[]> {
  const breach = await verifyChain(database);
  // A chain that is broken says nothing of the queue any more.
  if (breach) return [breach.message];
  const changed = await verifyLive(database);
  let faults = await verifySeals(database);
  // What a worker settles while this looks disagrees for a moment; what is wrong is wrong each time.
  for (let again = 0; again < 3 && faults.length > 0; again += 1) {
    await sleep(200);
    const still = new Set(await verifySeals(database));
    faults = faults.filter((fault) => still.has(fault));
  }
  return [...changed, ...faults];
}
