import type { DeliveryState, Reach, ReachedOne, Scope } from "#lib/model/delivery.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { Database } from "./dialect.ts";

const NONE: Readonly<Record<DeliveryState, number>> = {
  queued: 0,
  sending: 0,
  accepted: 0,
  failed: 0,
  unknown: 0,
  withdrawn: 0,
  folded: 0,
};

/** Which seals are asked for; none of it: the newest. */
export interface ReachQuery {
  readonly scope?: Scope;
  /** Only those of which something is left to be sent. */
  readonly isUnderWay?: boolean;
  readonly most: number;
}

/** How far notices have come: what is still under way or waits for somebody before what is done, the newest first. */
export async function reachOf(database: Database, { scope, isUnderWay, most }: ReachQuery): Promise<readonly Reach[]> {
  let seals = database.query
    .selectFrom("seal")
    .innerJoin("notice", "notice.id", "seal.notice")
    .select(["seal.notice", "seal.channel", "seal.state", "seal.why", "seal.recipients", "notice.data"])
    .orderBy((row) => row.case().when("seal.state", "=", "done").then(1).else(0).end())
    .orderBy("seal.sealed_at", "desc")
    .orderBy("seal.notice")
    .orderBy("seal.channel")
    .limit(most);
  if (isUnderWay) seals = seals.where("seal.state", "<>", "done");
  if (scope?.startsWith("incident:")) seals = seals.where("notice.event", "=", scope.slice("incident:".length));
  if (scope?.startsWith("notice:")) seals = seals.where("seal.notice", "=", scope.slice("notice:".length));
  if (scope?.startsWith("channel:")) seals = seals.where("seal.channel", "=", scope.slice("channel:".length));
  return await Promise.all(
    (await seals.execute()).map(async (row) => ({
      notice: JSON.parse(row.data) as Notice,
      channel: row.channel as ChannelName,
      state: row.state,
      why: row.why ?? undefined,
      recipients: row.recipients,
      counts: await countsOf(database, row.notice, row.channel),
    })),
  );
}

async function countsOf(database: Database, notice: string, channel: string): Promise<Reach["counts"]> {
  const rows = await database.query
    .selectFrom("delivery")
    .select((row) => ["state", row.fn.countAll<number>().as("count")])
    .where("notice", "=", notice)
    .where("channel", "=", channel)
    .groupBy("state")
    .execute();
  return { ...NONE, ...Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)])) };
}

const PAGE = 5_000;

/** Every recipient of a notice, one by one, in the order in which they were sealed. */
export async function* recipientsOf(database: Database, notice: string): AsyncGenerator<ReachedOne> {
  for (let after = 0; ; ) {
    const rows = await database.query
      .selectFrom("delivery")
      .leftJoin("subscription", "subscription.id", "delivery.subscription")
      .select([
        "delivery.id",
        "delivery.channel",
        "delivery.subscription",
        "delivery.subscriber",
        "subscription.address",
      ])
      .select(["delivery.state", "delivery.attempts", "delivery.detail", "delivery.settled_at", "delivery.due_at"])
      .where("delivery.notice", "=", notice)
      .where("delivery.id", ">", after)
      .orderBy("delivery.id")
      .limit(PAGE)
      .execute();
    for (const row of rows) {
      yield {
        channel: row.channel as ChannelName,
        subscription: row.subscription,
        subscriber: row.subscriber,
        address: row.address,
        state: row.state,
        attempts: row.attempts,
        detail: row.detail ?? undefined,
        settledAt: row.settled_at ?? undefined,
        dueAt: row.state === "queued" ? row.due_at : undefined,
      };
    }
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.id as number;
  }
}
