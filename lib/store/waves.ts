import { type ExpressionBuilder, sql } from "kysely";
import { DELIVERY_STATES, type OpenSeal, type WaveState } from "#lib/model/delivery.ts";
import type { Database } from "./dialect.ts";
import { appendFacts } from "./ledger.ts";
import type { Tables } from "./schema.ts";

/** What was tried so often has been kept waiting for minutes. */
const LONG = 3;

/** @returns undefined while a delivery of the waves that may leave was not tried yet, or is being tried */
export async function waveState(database: Database, seal: OpenSeal): Promise<WaveState | undefined> {
  // Asked often, and of up to hundreds of thousands: so long as there is one, the index leads to it. That there was none
  // says nothing yet, as others take and put back meanwhile: it is the one look at all of them that decides.
  if (await hasUntried(database, seal)) return undefined;
  const { notice, channel, wave } = seal;
  const tries = sql`case when attempts < ${sql.lit(LONG)} then attempts else ${sql.lit(LONG)} end`;
  const rows = await database.query
    .selectFrom("delivery")
    .select((row) => ["state", sql<number>`${tries}`.as("tries"), row.fn.countAll<number>().as("count")])
    .where("notice", "=", notice)
    .where("channel", "=", channel)
    // Said one by one, the index leads to these few of however many.
    .where("state", "in", DELIVERY_STATES)
    .where("wave", "<=", wave)
    .groupBy(["state", tries])
    .execute();
  if (rows.some(({ state, tries }) => state === "sending" || (state === "queued" && Number(tries) === 0)))
    return undefined;
  const sum = (wanted: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(wanted).reduce((all, { count }) => all + Number(count), 0);
  return {
    accepted: sum(({ state }) => state === "accepted"),
    failed: sum(({ state }) => state === "failed"),
    unknown: sum(({ state }) => state === "unknown"),
    deferred: sum((row) => row.state === "queued" && Number(row.tries) < LONG),
    stuck: sum((row) => row.state === "queued" && Number(row.tries) >= LONG),
  };
}

async function hasUntried(database: Database, { notice, channel, wave }: OpenSeal): Promise<boolean> {
  const mine = database.query
    .selectFrom("delivery")
    .select("id")
    .where("notice", "=", notice)
    .where("channel", "=", channel)
    .where("wave", "<=", wave)
    .limit(1);
  const sending = await mine.where("state", "=", "sending").executeTakeFirst();
  return Boolean(sending ?? (await mine.where("state", "=", "queued").where("attempts", "=", 0).executeTakeFirst()));
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
    const kind = from === "stopped" ? "resumed" : "approved";
    await appendFacts(
      database,
      transaction,
      released.map((row) => ({ at, kind, notice: row.notice, data: { channel: row.channel, by } }) as const),
    );
    return released.length;
  });
}
