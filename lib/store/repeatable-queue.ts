import { sql } from "kysely";
import type { Database, Transaction } from "./dialect.ts";

/** The queues, each with the column by which its items are known. */
const QUEUES = { letter: "id", hub_ping: "topic" } as const;
type Queue = keyof typeof QUEUES;

/** Something that one worker has taken. */
export interface Claim {
  /** How often it was tried, this time included. */
  readonly attempts: number;
  /** Of which news it is, in milliseconds since the epoch: newer news of the same name is another item. */
  readonly made_at: number;
}

/** What becomes of an item; with `queued` it is tried again at `dueAt`. */
export interface Settlement {
  readonly state: "queued" | "sent" | "failed";
  readonly dueAt?: number;
  /** Nothing of it has left: it counts as if it had not been tried. */
  readonly isUntried?: true;
}

/**
 * Takes up to `most` items that are due. Nobody else takes them for `leaseMs`; then their worker is taken for dead.
 *
 * What stands in these queues may be done twice without harm: letters about a subscription, and news for the hub. An item is
 * `queued` until it is due, `sending` while a worker has it, and in the end `sent` or `failed`. Notices have a queue of their
 * own (`claim.ts`): they are sealed, and none is repeated unless somebody says so.
 */
export async function claimDue<Item>(
  database: Database,
  queue: Queue,
  { now, most, leaseMs }: { readonly now: number; readonly most: number; readonly leaseMs: number },
): Promise<readonly (Item & Claim)[]> {
  const [table, key] = [sql.table(queue), sql.ref(QUEUES[queue])];
  const { rows } = await database.transaction((transaction) =>
    sql<Item & Claim>`
      update ${table} set state = 'sending', attempts = attempts + 1, due_at = ${now + leaseMs}
      where ${key} in (
        select ${key} from ${table} where state in ('queued', 'sending') and due_at <= ${now}
        order by due_at, ${key} limit ${most} ${database.words.skipLocked}
      )
      returning *`.execute(transaction),
  );
  return rows;
}

/** Notes what became of an item that was taken. Newer news that came meanwhile stays as it is. */
export async function settleClaim(
  query: Transaction | Database["query"],
  queue: Queue,
  { name, made_at }: Pick<Claim, "made_at"> & { readonly name: string },
  { state, dueAt = 0, isUntried }: Settlement,
): Promise<void> {
  const [table, key] = [sql.table(queue), sql.ref(QUEUES[queue])];
  await sql`
    update ${table} set state = ${state}, due_at = ${dueAt}, attempts = attempts - ${isUntried ? 1 : 0}
    where ${key} = ${name} and state = 'sending' and made_at = ${made_at}`.execute(query);
}
