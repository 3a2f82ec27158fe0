import type { Vault } from "#lib/access/vault.ts";
import { CHANNELS } from "#lib/model/subscription.ts";
import { boardName } from "#lib/store/boards.ts";
import type { Database } from "#lib/store/dialect.ts";
import { type LedgerEntry, readLedger } from "#lib/store/ledger.ts";
import { noticesOf } from "#lib/store/notices.ts";
import { verifyLedger } from "#lib/store/verify/verify.ts";
import { channels } from "./channels/channels.ts";
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
  const notices = await noticesAsked(database, question);
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

async function noticesAsked(
  database: Database,
  { incident, notice }: Question,
): Promise<readonly string[] | undefined> {
  if (notice !== undefined) return [notice];
  if (incident === undefined) return undefined;
  const told = await noticesOf(database.query, await eventCalled(database, incident));
  return told.map((one) => one.notice.id);
}

/** The names that an address has in the ledger, one for each channel that could have it; a pseudonym is its own. */
export function pseudonymsOf(vault: Vault, address: string): readonly string[] {
  if (/^[\da-f]{32}$/.test(address)) return [address];
  return CHANNELS.flatMap((name) => {
    const read = channels[name].readAddress(address, { allowPrivateTargets: true });
    return "value" in read ? [vault.pseudonym(name, read.value)] : [];
  });
}

/** @returns everything that is not as it was written; with the vault, each address is looked at as well */
export async function verify(database: Database, vault?: Vault): Promise<readonly string[]> {
  return (await verifyLedger(database, { opener: vault })).faults;
}
