import type { Transaction } from "kysely";
import type { Words } from "../dialect.ts";
import type { Tables } from "../schema.ts";

/** One step forward of the tables. What has been released is never changed: a later migration mends it. */
export interface Migration {
  /** Four digits and what it is about; kept in the database once it has been taken. */
  readonly name: string;
  /** Runs in a transaction of its own. */
  up(transaction: Transaction<Tables>, words: Words): Promise<void>;
}
