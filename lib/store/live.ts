import { createHash } from "node:crypto";
import type { Selectable } from "kysely";
import { isOrder, type LiveData, type LiveEvent, type LiveKind, type LiveNews } from "#lib/model/live.ts";
import type { Database, Transaction } from "./dialect.ts";
import { appendFacts } from "./ledger.ts";
import type { Tables } from "./schema.ts";

/** News as it is noted together: when, and what snapshot shows it. */
export interface LiveOrigin {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly snapshot: number;
  /** Who gave an order. */
  readonly by?: string;
}

/**
 * Notes news for everybody who is connected to any server, each piece of it once. Numbers come in the order in which
 * transactions end: whoever has read up to one has missed none before it.
 * @returns the numbers of what was not noted before
 */
export async function noteLive(
  database: Database,
  transaction: Transaction,
  news: readonly LiveNews[],
  { at, snapshot, by }: LiveOrigin,
): Promise<readonly number[]> {
  await database.lock(transaction, "live");
  const noted: { id: number; hash: string }[] = [];
  for (const { kind, key, components, board, data } of news) {
    const row = { kind, key, at, snapshot, components: JSON.stringify(components), data: JSON.stringify(data) };
    const added = await transaction
      .insertInto("live_event")
      .values({ ...row, board: board ?? null })
      .onConflict((clash) => clash.column("key").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (added) noted.push({ id: added.id, hash: liveHash({ ...row, id: added.id, board: board ?? null }, key) });
  }
  if (noted.length === 0) return [];
  const orders = news.some(isOrder) ? { order: news[0]?.kind, board: news[0]?.board, by } : {};
  await appendFacts(database, transaction, [{ at, kind: "live", data: { ...orders, events: noted } }]);
  return noted.map(({ id }) => id);
}

/** What the ledger keeps of an event, so that nobody can change afterwards what was pushed. */
export function liveHash(row: Omit<LiveRow, "key">, key?: string): string {
  const { id, kind, at, snapshot, components, board, data } = row;
  // At first the key of an event was no part of it.
  const all = [id, kind, at, snapshot, components, board, data, ...(key === undefined ? [] : [key])];
  return createHash("sha256").update(JSON.stringify(all)).digest("hex");
}

export type LiveRow = Selectable<Tables["live_event"]>;

/** Events after one, in their order: all of them, or news without orders. */
export async function readLive(
  { query }: Database,
  after: number,
  { most, isNewsOnly = false }: { readonly most: number; readonly isNewsOnly?: boolean },
): Promise<readonly LiveEvent[]> {
  let asked = query.selectFrom("live_event").selectAll().where("id", ">", after).orderBy("id").limit(most);
  if (isNewsOnly) asked = asked.where("kind", "not in", ["reload", "clear"]);
  return (await asked.execute()).map(eventOf);
}

/** The last events, in their order. */
export async function lastLive({ query }: Database, most: number): Promise<readonly LiveEvent[]> {
  const rows = await query.selectFrom("live_event").selectAll().orderBy("id", "desc").limit(most).execute();
  return rows.toReversed().map(eventOf);
}

/** The last orders, in their order. */
export async function lastOrders({ query }: Database, most: number): Promise<readonly LiveEvent[]> {
  const orders = query.selectFrom("live_event").selectAll().where("kind", "in", ["reload", "clear"]);
  return (await orders.orderBy("id", "desc").limit(most).execute()).toReversed().map(eventOf);
}

function eventOf({ id, at, kind, snapshot, components, board, data }: LiveRow): LiveEvent {
  return {
    id,
    at,
    kind: kind as LiveKind,
    snapshot,
    components: JSON.parse(components) as string[],
    ...(board === null ? {} : { board }),
    data: JSON.parse(data) as LiveData,
  };
}
