import { type ExpressionBuilder, sql } from "kysely";
import { DELIVERY_STATES, type OpenSeal, type WaveProgress } from "#lib/model/delivery.ts";
import type { Database, Transaction } from "./dialect.ts";
import type { Fact } from "./facts.ts";
import { appendFacts } from "./ledger.ts";
import type { Tables } from "./schema.ts";

/** What was tried so often has been kept waiting for minutes. */
const LONG = 3;

/** When what was never taken is due, or was not put off. */
const AT_ONCE = 0;

/**
 * How far the waves of a seal that may leave have come.
 * @param isLate whether what is unanswered is not waited for any more: it is counted then
 */
export async function waveState(database: Database, seal: OpenSeal, isLate = false): Promise<WaveProgress> {
  // Asked often, and of up to hundreds of thousands: so long as there is one, the index leads to it. That there was none
  // says nothing yet, as others take and put back meanwhile: it is the one look at all of them that decides.
  const mine = deliveriesOf(database.query, seal).select("id").where("wave", "<=", seal.wave).limit(1);
  const untried = mine.where("state", "=", "queued").where("attempts", "=", 0);
  if (await untried.where("due_at", "=", AT_ONCE).executeTakeFirst()) return "untaken";
  if (!isLate) {
    const sending = await mine.where("state", "=", "sending").executeTakeFirst();
    if (sending ?? (await untried.executeTakeFirst())) return "unanswered";
  }
  const tries = sql`case when attempts < ${sql.lit(LONG)} then attempts else ${sql.lit(LONG)} end`;
  const isPutOff = sql`case when due_at = ${sql.lit(AT_ONCE)} then 0 else 1 end`;
  const rows = await deliveriesOf(database.query, seal)
    .select(["state", sql<number>`${tries}`.as("tries"), sql<number>`${isPutOff}`.as("put_off")])
    .select((row) => row.fn.countAll<number>().as("count"))
    // Said one by one, the index leads to these few of however many.
    .where("state", "in", DELIVERY_STATES)
    .where("wave", "<=", seal.wave)
    .groupBy(["state", tries, isPutOff])
    .execute();
  const sum = (wanted: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(wanted).reduce((all, { count }) => all + Number(count), 0);
  const queued = (wanted: (tries: number) => boolean) =>
    sum((row) => row.state === "queued" && wanted(Number(row.tries)));
  const isUntaken = (row: (typeof rows)[number]) =>
    row.state === "queued" && Number(row.tries) === 0 && Number(row.put_off) === 0;
  const unanswered = sum(({ state }) => state === "sending") + queued((tries) => tries === 0);
  if (rows.some(isUntaken)) return "untaken";
  if (unanswered > 0 && !isLate) return "unanswered";
  return {
    accepted: sum(({ state }) => state === "accepted"),
    failed: sum(({ state }) => state === "failed"),
    unknown: sum(({ state }) => state === "unknown"),
    deferred: queued((tries) => tries > 0 && tries < LONG),
    stuck: queued((tries) => tries >= LONG),
    unanswered,
    all: sum(() => true),
  };
}

function deliveriesOf(query: Transaction | Database["query"], { notice, channel }: OpenSeal) {
  return query.selectFrom("delivery").where("notice", "=", notice).where("channel", "=", channel);
}

/**
 * Takes as many again into the first waves of a seal as are in them, from the wave after them, unless somebody else has
 * just done so or has let that leave.
 * @param inWave how many are in them, as the caller has just counted
 */
export async function widenWave(database: Database, seal: OpenSeal, inWave: number): Promise<void> {
  await database.transaction(async (transaction) => {
    const { wave } = seal;
    await database.lock(transaction, "wave");
    const mine = deliveriesOf(transaction, seal);
    const counted = mine.where("wave", "<=", wave).select((row) => row.fn.countAll<number>().as("count"));
    if (Number((await counted.executeTakeFirstOrThrow()).count) > inWave) return;
    // By their proofs, which follow nothing that a person chose.
    const more = mine
      .where("wave", "=", wave + 1)
      .where("state", "=", "queued")
      .select("id")
      .orderBy("proof");
    const ids = (await more.limit(inWave).execute()).map(({ id }) => id);
    if (ids.length > 0) await transaction.updateTable("delivery").set({ wave }).where("id", "in", ids).execute();
  });
}

/** Lets the next wave of a seal leave, unless somebody else has just done so. */
export async function openWave(database: Database, seal: OpenSeal): Promise<void> {
  await database.query
    .updateTable("seal")
    .set({ wave: seal.wave + 1 })
    .where("notice", "=", seal.notice)
    .where("channel", "=", seal.channel)
    .where("wave", "=", seal.wave)
    .execute();
}

/** Closes a seal of which nothing is left to be sent. */
export async function closeSeal(database: Database, { notice, channel }: OpenSeal): Promise<void> {
  await database.query
    .updateTable("seal")
    .set({ state: "done" })
    .where("notice", "=", notice)
    .where("channel", "=", channel)
    .where("state", "=", "open")
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("delivery")
            .select("id")
            .where("notice", "=", notice)
            .where("channel", "=", channel)
            .where((where) => where.or([where("state", "in", ["queued", "sending"]), isCarried(where)])),
        ),
      ),
    )
    .execute();
}

/** Whether a message that has not come to its end tells it: if that is taken back, it waits by itself again. */
function isCarried({ and, eb, exists, selectFrom }: ExpressionBuilder<Tables, "delivery">) {
  const carrier = selectFrom("delivery as carrier")
    .select("carrier.id")
    .whereRef("carrier.notice", "=", "delivery.carried_by")
    .whereRef("carrier.subscription", "=", "delivery.subscription")
    .where("carrier.state", "in", ["queued", "sending"]);
  return and([eb("state", "=", "folded"), exists(carrier)]);
}

/** Stops a seal for good or until an operator resumes it, with the reason in the ledger. */
export async function stopSeal(
  database: Database,
  { notice, channel }: Pick<OpenSeal, "notice" | "channel">,
  why: string,
  at: number,
): Promise<void> {
  await database.transaction(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable("seal")
      .set({ state: "stopped", why })
      .where("notice", "=", notice)
      .where("channel", "=", channel)
      .where("state", "=", "open")
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    await appendFacts(database, transaction, [{ at, kind: "stopped", notice, channel, data: { why } }]);
  });
}

/**
 * Lets a seal go on that was stopped, or that waited for a second person. Failures are counted afresh: those that are
 * known already would stop it again at once.
 * @returns how many seals that concerned
 */
export async function releaseSeals(
  database: Database,
  from: "stopped" | "awaiting_approval",
  { notice, by, at }: { readonly notice?: string; readonly by: string; readonly at: number },
): Promise<number> {
  return await database.transaction(async (transaction) => {
    let releasing = transaction
      .updateTable("seal")
      .set({
        state: "open",
        why: null,
        ...(from === "stopped" ? { accepted: 0, failed: 0, unknown: 0 } : { approved_by: by }),
      })
      .where("state", "=", from);
    if (notice !== undefined) releasing = releasing.where("notice", "=", notice);
    const released = await releasing.returning(["notice", "channel"]).execute();
    const facts = released.map(({ notice: of, channel }): Fact => {
      const data = { channel, by };
      return from === "stopped"
        ? { at, kind: "resumed", notice: of, data }
        : { at, kind: "approved", notice: of, data };
    });
    await appendFacts(database, transaction, facts);
    return released.length;
  });
}
