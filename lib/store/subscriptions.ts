import type { Insertable, Selectable, Transaction } from "kysely";
import type { ChannelName, Interest } from "#lib/model/subscription.ts";
import type { Database } from "./dialect.ts";
import type { Fact } from "./facts.ts";
import { interestOf, interestRow } from "./interest.ts";
import { appendFacts } from "./ledger.ts";
import type { Tables } from "./schema.ts";

/** Somebody's wish to be told, as the store keeps it: whose it is, only the vault can say. */
export interface Subscription {
  readonly id: string;
  readonly channel: ChannelName;
  /** The pseudonym. */
  readonly subscriber: string;
  /** Locked; null once it was erased. */
  readonly address: string | null;
  readonly signingSecret: string | null;
  /** Whom to write to when a webhook does not answer; locked. */
  readonly contact: string | null;
  readonly interest: Interest;
  readonly state: SubscriptionState;
  readonly createdAt: number;
  readonly confirmedAt: number | undefined;
  readonly endedAt: number | undefined;
  /** Why it ended, or was set aside. */
  readonly endedWhy: string | undefined;
  readonly failures: number;
  readonly source: string;
}

/**
 * `pending` until its owner has confirmed it, then `active`. After long failure it is `quarantined`, until its owner
 * confirms it again; `ended` when it was left, is gone, or was erased.
 */
export type SubscriptionState = "pending" | "active" | "quarantined" | "ended";

type Row = Selectable<Tables["subscription"]>;

/** What only the vault can open. */
type Locked = Pick<Subscription, "address" | "signingSecret" | "contact">;

type New = Omit<Subscription, "failures" | "endedAt" | "endedWhy" | "contact"> & {
  /** The locked address and its pseudonym. */
  readonly contact?: { readonly locked: string; readonly key: string } | undefined;
};

const PAGE = 5_000;

/** Those that are not over. */
const LIVING = ["active", "pending", "quarantined"] as const satisfies SubscriptionState[];

/** Those of some pseudonyms whose owners have confirmed that the address is theirs, then or now. */
export async function confirmedAmong(
  { query }: Database,
  channel: ChannelName,
  subscribers: readonly string[],
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (let from = 0; from < subscribers.length; from += 500) {
    const rows = await query
      .selectFrom("subscription")
      .select("subscriber")
      .where("channel", "=", channel)
      .where("subscriber", "in", subscribers.slice(from, from + 500))
      .where("confirmed_at", "is not", null)
      .execute();
    for (const { subscriber } of rows) known.add(subscriber);
  }
  return known;
}

/** Everybody who is written to by now, with when they confirmed that, in milliseconds since the epoch. */
export async function confirmations({
  query,
}: Database): Promise<readonly { readonly channel: string; readonly subscriber: string; readonly at: number }[]> {
  const rows = await query
    .selectFrom("subscription")
    .select(["channel", "subscriber", "confirmed_at"])
    .where("state", "in", ["active", "quarantined"])
    .execute();
  return rows.map(({ channel, subscriber, confirmed_at: at }) => ({ channel, subscriber, at: at ?? 0 }));
}

/** Whether there is anybody who has not left. */
export async function hasLiving({ query }: Database): Promise<boolean> {
  const one = query.selectFrom("subscription").select("id").where("state", "<>", "ended").limit(1);
  return (await one.executeTakeFirst()) !== undefined;
}

/** What is told to the ledger of one subscription, but for whose it is. */
type OwnFact =
  Extract<Fact, { data: { subscription: string } }> extends infer F
    ? F extends Fact
      ? { readonly kind: F["kind"]; readonly at: number; readonly data?: Omit<F["data"], "subscription"> }
      : never
    : never;

/** Where subscriptions are kept. Each change is one transaction, and a fact in the ledger. */
export class SubscriptionStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async byId(id: string): Promise<Subscription | undefined> {
    return only(await this.#rows().where("id", "=", id).execute());
  }

  async bySubscriber(channel: ChannelName, subscriber: string): Promise<Subscription | undefined> {
    return only(await this.#rows().where("channel", "=", channel).where("subscriber", "=", subscriber).execute());
  }

  /** Makes them, in the place of any that are over or were never confirmed; a subscriber has one on a channel. */
  async add(subscriptions: readonly New[], at: number): Promise<void> {
    await this.#database.transaction(async (transaction) => {
      for (const [channel, of] of Map.groupBy(subscriptions, (one) => one.channel)) {
        await transaction
          .deleteFrom("subscription")
          .where("channel", "=", channel)
          .where(
            "subscriber",
            "in",
            of.map(({ subscriber }) => subscriber),
          )
          .where("state", "in", ["ended", "pending"])
          .execute();
      }
      await insert(this.#database, transaction, subscriptions, at);
    });
  }

  /** Its owner has said yes, for the first time or again. */
  confirm(id: string, at: number): Promise<boolean> {
    const set = { state: "active", confirmed_at: at, failures: 0, failing_since: null, ended_why: null } as const;
    return this.#change(id, ["pending", "quarantined"], set, { kind: "confirmed", at });
  }

  change(id: string, interest: Interest, at: number): Promise<boolean> {
    return this.#change(id, LIVING, interestRow(interest), { kind: "changed", at, data: { ...interest } });
  }

  end(id: string, why: string, at: number): Promise<boolean> {
    const set = { state: "ended", ended_at: at, ended_why: why } as const;
    return this.#change(id, LIVING, set, { kind: "ended", at, data: { why } });
  }

  /** Its owner takes back that it was left. */
  rejoin(id: string, at: number): Promise<boolean> {
    const set = { state: "active", confirmed_at: at, ended_at: null, ended_why: null } as const;
    return this.#change(id, ["ended"], set, { kind: "confirmed", at, data: { again: true } });
  }

  /** Takes the address away for good; what was sent stays in the ledger under the pseudonym. */
  erase(id: string, at: number): Promise<boolean> {
    const nothing = { address: null, signing_secret: null, contact: null, contact_key: null };
    const set = { ...nothing, state: "ended", ended_at: at, ended_why: "erased" } as const;
    return this.#change(id, [...LIVING, "ended"], set, { kind: "erased", at });
  }

  /** Keeps what was locked anew, under a new secret. What was erased or locked anew meanwhile stays as it is. */
  async relock(page: readonly { readonly before: Subscription; readonly after: Locked }[]): Promise<void> {
    await this.#database.transaction(async (transaction) => {
      for (const { after, before } of page) {
        await transaction
          .updateTable("subscription")
          .set({ address: after.address, signing_secret: after.signingSecret, contact: after.contact })
          .where("id", "=", before.id)
          .where("address", "=", before.address)
          .execute();
      }
    });
  }

  /** Which of these subscribers there is anything of on a channel, and in what state. */
  async statesOf(
    channel: ChannelName,
    subscribers: readonly string[],
  ): Promise<ReadonlyMap<string, SubscriptionState>> {
    if (subscribers.length === 0) return new Map();
    const rows = await this.#database.query
      .selectFrom("subscription")
      .select(["subscriber", "state"])
      .where("channel", "=", channel)
      .where("subscriber", "in", subscribers)
      .execute();
    return new Map(rows.map(({ state, subscriber }) => [subscriber, state]));
  }

  /** All of them in the order of their ids, however many. */
  async *all(filter: { readonly channel?: ChannelName; readonly state?: SubscriptionState } = {}) {
    for (let after = ""; ; ) {
      let page = this.#rows().where("id", ">", after).orderBy("id").limit(PAGE);
      if (filter.channel) page = page.where("channel", "=", filter.channel);
      if (filter.state) page = page.where("state", "=", filter.state);
      const rows = await page.execute();
      for (const row of rows) yield subscriptionOf(row);
      if (rows.length < PAGE) return;
      after = rows.at(-1)?.id as string;
    }
  }

  /** Those that nobody has confirmed since `before`. */
  async unconfirmed(before: number): Promise<readonly Subscription[]> {
    const waiting = this.#rows().where("state", "=", "pending").where("created_at", "<", before);
    return (await waiting.limit(PAGE).execute()).map(subscriptionOf);
  }

  /** How many there are on each channel in each state. */
  async counts(): Promise<
    readonly { readonly channel: ChannelName; readonly state: SubscriptionState; readonly count: number }[]
  > {
    const rows = await this.#database.query
      .selectFrom("subscription")
      .select((row) => ["channel", "state", row.fn.countAll<number>().as("count")])
      .groupBy(["channel", "state"])
      .orderBy("channel")
      .orderBy("state")
      .execute();
    return rows.map(({ channel, state, count }) => ({ channel: channel as ChannelName, state, count: Number(count) }));
  }

  #rows() {
    return this.#database.query.selectFrom("subscription").selectAll();
  }

  async #change(
    id: string,
    from: readonly SubscriptionState[],
    set: Partial<Insertable<Tables["subscription"]>>,
    { data, ...fact }: OwnFact,
  ): Promise<boolean> {
    return await this.#database.transaction(async (transaction) => {
      const row = await transaction
        .updateTable("subscription")
        .set(set)
        .where("id", "=", id)
        .where("state", "in", from)
        // What was erased stays as it is.
        .where("address", "is not", null)
        .returning(["channel", "subscriber"])
        .executeTakeFirst();
      if (!row) return false;
      const whom = { subscriber: row.subscriber, channel: row.channel as ChannelName };
      const whole = { ...fact, ...whom, data: { subscription: id, ...data } } as Fact;
      await appendFacts(this.#database, transaction, [whole]);
      return true;
    });
  }
}

async function insert(
  database: Database,
  transaction: Transaction<Tables>,
  subscriptions: readonly New[],
  at: number,
): Promise<void> {
  const rows = subscriptions.map(({ interest, ...one }) => ({
    id: one.id,
    channel: one.channel,
    subscriber: one.subscriber,
    address: one.address,
    signing_secret: one.signingSecret,
    contact: one.contact?.locked ?? null,
    contact_key: one.contact?.key ?? null,
    ...interestRow(interest),
    state: one.state,
    created_at: one.createdAt,
    confirmed_at: one.confirmedAt ?? null,
    source: one.source,
  }));
  await database.insertMany(transaction, "subscription", rows);
  const facts = subscriptions.map((one): Fact => {
    const { id: subscription, channel, subscriber, source, state, interest, createdAt, confirmedAt } = one;
    const data = { subscription, source, state, createdAt, confirmedAt, ...interest };
    return { kind: "subscribed", at, channel, subscriber, data };
  });
  await appendFacts(database, transaction, facts);
}

function only(rows: readonly Row[]): Subscription | undefined {
  return rows[0] && subscriptionOf(rows[0]);
}

function subscriptionOf(row: Row): Subscription {
  return {
    id: row.id,
    channel: row.channel as ChannelName,
    subscriber: row.subscriber,
    address: row.address,
    signingSecret: row.signing_secret,
    contact: row.contact,
    interest: interestOf(row),
    state: row.state,
    createdAt: row.created_at,
    confirmedAt: row.confirmed_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
    endedWhy: row.ended_why ?? undefined,
    failures: row.failures,
    source: row.source,
  };
}
