import type { Transaction } from "../dialect.ts";
import type { LedgerEntry } from "../ledger.ts";

/** What the entries of the ledger make of some tables, to be held against the rows that are there. */
export interface Projection {
  /** Takes up an entry, in the order of the chain. */
  see(entry: LedgerEntry): void;
  /** What does not agree, as sentences; asked once, after the last entry. */
  faults(query: Transaction): AsyncIterable<string>;
}

/** What only a holder of the secret can look at: addresses, and whose they are. */
export interface Opener {
  /** @throws when it was locked as something else, or was changed */
  open(locked: string, as: string): string;
  pseudonym(channel: string, address: string): string;
}
