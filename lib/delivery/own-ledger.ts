import type { Database } from "#lib/store/dialect.ts";
import { isRestored } from "#lib/store/restored.ts";
import { ledgerCheckpoint } from "./ledger-checkpoint.ts";
import { isReturned } from "./was-restored.ts";

const RETURNED =
  "This database was restored from a copy. Deliveries that it believed to be open are not sent, as nobody knows here which of them were. What happened after the backup is asked about at the next publication, one by one, and told by nobody before.";

export interface OwnLedgerOptions {
  readonly database: Database;
  /** The data folder, where the head is kept. */
  readonly data: string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly onAlarm: (message: string) => void;
}

/** Sees to it that a running process goes on only behind the ledger that it knows, and keeps how far that has come. */
export interface OwnLedger {
  /** To be called now and then. @throws what `isAboutLedger` knows, when the ledger is another one: then stop */
  look(): Promise<void>;
}

/** Looks at the ledger for the first time: a copy that was brought back before the process started is taken as one. */
export async function followLedger({ database, data, clock, onAlarm }: OwnLedgerOptions): Promise<OwnLedger> {
  const water = ledgerCheckpoint(database, data);
  if (await isReturned(database, data, clock())) onAlarm(RETURNED);
  return {
    async look() {
      // “restore --force” has said so itself.
      if ((await water.isAhead()) && (await isRestored(database.query))) {
        await isReturned(database, data, clock());
        await water.giveWay();
        onAlarm(RETURNED);
      }
      await water.keep();
    },
  };
}
