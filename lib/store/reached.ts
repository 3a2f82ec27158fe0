import { type ExpressionBuilder, sql, type Transaction } from "kysely";
import type { Database } from "./dialect.ts";
import type { Tables } from "./schema.ts";

type Row = ExpressionBuilder<Tables, "delivery">;

/** In these states its message has arrived, or may have. */
const REACHED = ["accepted", "unknown"] as const;

/** Whether a delivery of a notice has reached its recipient, or may have. */
export function mayHaveReached(row: Row, notice: string) {
  return row.or([
    row("state", "in", REACHED),
    // Where the site has what may have arrived repeated, an earlier attempt may have reached it.
    row("id", "in", maybeReachedBy(row, notice)),
    // Another's message told it as well.
    row.and([row("state", "=", "folded"), row.exists(carrierThatReached(row))]),
  ]);
}

/** Whether a delivery, or the message that tells it as well, is just on its way: what becomes of it, nobody knows yet. */
export function isOnItsWay(row: Row) {
  const carrier = carrierOf(row).where("carrier.state", "=", "sending");
  return row.or([row("state", "=", "sending"), row.and([row("state", "=", "folded"), row.exists(carrier)])]);
}

/** Of a page of subscriptions: those that a notice has not reached. */
export async function unreachedAmong(
  database: Database,
  transaction: Transaction<Tables>,
  notice: string,
  subscriptions: readonly string[],
): Promise<ReadonlySet<string>> {
  const rest = new Set(subscriptions);
  const reached = async (where: (row: Row) => ReturnType<typeof mayHaveReached>) => {
    const list = database.words.elements([...rest].map((one) => [one]));
    const rows = await transaction
      .selectFrom("delivery")
      .select("subscription")
      .where("notice", "=", notice)
      .where("subscription", "in", sql<string>`(select value ->> 0 from ${list})`)
      .where(where)
      .execute();
    for (const { subscription } of rows) rest.delete(subscription);
  };
  await reached((row) => row("state", "in", REACHED));
  // Few are left by now: only for those is the ledger looked through.
  if (rest.size > 0) await reached((row) => mayHaveReached(row, notice));
  return rest;
}

/** The deliveries of a notice of which an attempt ended with nobody knowing whether it arrived. */
function maybeReachedBy({ selectFrom }: Row, notice: string) {
  return selectFrom("ledger")
    .select((row) => row.ref("delivery").$notNull().as("delivery"))
    .where("notice", "=", notice)
    .where("kind", "=", "attempted")
    .where("delivery", "is not", null)
    .where("data", "like", '%"outcome":"unknown"%');
}

/** The delivery whose message told another's notice, if it arrived or may have. */
function carrierThatReached(row: Row) {
  return carrierOf(row).where((where) =>
    where.or([
      where("carrier.state", "in", REACHED),
      where.exists(
        where
          .selectFrom("ledger")
          .select("seq")
          .whereRef("ledger.notice", "=", "carrier.notice")
          .whereRef("ledger.delivery", "=", "carrier.id")
          .where("ledger.kind", "=", "attempted")
          .where("ledger.data", "like", '%"outcome":"unknown"%'),
      ),
    ]),
  );
}

function carrierOf({ selectFrom }: Row) {
  return selectFrom("delivery as carrier")
    .select("carrier.id")
    .whereRef("carrier.notice", "=", "delivery.carried_by")
    .whereRef("carrier.subscription", "=", "delivery.subscription");
}
