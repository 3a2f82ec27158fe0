import type { Vault } from "#lib/access/vault.ts";
import { isAboutLedger, isFailure } from "#lib/model/failure.ts";
import type { Database } from "#lib/store/dialect.ts";
import { type Verification, verifyLedger } from "#lib/store/verify/verify.ts";
import { ledgerCheckpoint } from "./ledger-checkpoint.ts";
import { WitnessCheck, type WitnessedHead, witnessWords } from "./witness/heads.ts";

/** What was found out about the ledger. */
export interface Verified extends Verification {
  /** What a person should know that is no fault, as sentences. */
  readonly notes: readonly string[];
}

/**
 * Follows the whole ledger and holds against it every table that it answers for, the head that is kept in the data folder,
 * and the heads that witnesses have.
 */
export async function verifyAll(
  database: Database,
  vault: Vault,
  data: string,
  witnessed: readonly WitnessedHead[] = [],
): Promise<Verified> {
  const check = new WitnessCheck(vault.ledgerId, witnessed);
  const found = await verifyLedger(database, { opener: vault, onEntry: check.see });
  const witnesses = witnessed.length === 0 ? { faults: [], notes: [] } : witnessWords(check.result());
  const beside = await besideFault(database, data);
  const faults = [...found.faults, ...beside, ...witnesses.faults];
  return { ...found, faults, notes: [...plainNotes(found), ...witnesses.notes] };
}

function plainNotes({ plainUntil }: Verification): readonly string[] {
  if (plainUntil === undefined) return [];
  return [
    `Entries 1 to ${plainUntil} are from before the ledger had a key. They are what they were when it got one; that nobody had changed them before, nothing proves.`,
  ];
}

async function besideFault(database: Database, data: string): Promise<readonly string[]> {
  try {
    if (!(await ledgerCheckpoint(database, data).isAhead())) return [];
    return ["The ledger had come further than this, or another way: a copy was brought back, or its end was cut."];
  } catch (error) {
    // What is wrong in the database itself is said already.
    if (isAboutLedger(error)) return isFailure(error, "FOREIGN_LEDGER") ? [] : [error.message];
    throw error;
  }
}
