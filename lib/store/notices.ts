import type { Transaction } from "kysely";
import type { Notice } from "#lib/model/notice.ts";
import type { Database } from "./dialect.ts";
import type { Fact } from "./facts.ts";

import { recordsOf } from "./records.ts";
import type { Tables } from "./schema.ts";

type Query = Transaction<Tables> | Database["query"];

/** Counts up whenever what is known changes: who computed from an older state must look again. */
const VERSION = "known_version";

/** Everything that has ever been published, as far as it takes to tell nothing twice. */
export interface Known<T> {
  readonly events: readonly T[];
  readonly version: number;
}

/** Reads what is known; `undefined` as long as nothing ever was. */
export async function readKnown<T>(query: Query): Promise<Known<T> | undefined> {
  const version = await knownVersion(query);
  if (version === 0) return undefined;
  const rows = await query.selectFrom("known_event").select("data").orderBy("id").execute();
  return { events: rows.map(({ data }) => JSON.parse(data) as T), version };
}

async function knownVersion(query: Query): Promise<number> {
  const row = await query.selectFrom("meta").select("value").where("key", "=", VERSION).executeTakeFirst();
  return Number(row?.value ?? 0);
}

/**
 * Keeps what is known from `at` on, which is in milliseconds since the epoch. Others who compute at the same time wait here, and then find another version.
 * @returns what the caller has to write into the ledger, in the same transaction; undefined, with nothing kept, when what
 *   is known is not what `version` says any more
 */
export async function keepKnown<T extends { readonly id: string }>(
  database: Database,
  transaction: Transaction<Tables>,
  version: number,
  changed: readonly T[],
  at: number,
): Promise<readonly Fact[] | undefined> {
  await database.lock(transaction, "known");
  if ((await knownVersion(transaction)) !== version) return undefined;
  const facts: Fact[] = [];
  for (let from = 0; from < changed.length; from += 500) {
    const part = changed.slice(from, from + 500);
    const ids = part.map(({ id }) => id);
    await transaction.deleteFrom("known_event").where("id", "in", ids).execute();
    const rows = part.map((event) => ({ id: event.id, data: JSON.stringify(event) }));
    await database.insertMany(transaction, "known_event", rows);
    facts.push(...recordsOf("known_event", rows, at));
  }
  const value = String(version + 1);
  await transaction
    .insertInto("meta")
    .values({ key: VERSION, value })
    .onConflict((clash) => clash.column("key").doUpdateSet({ value }))
    .execute();
  return facts;
}

/** Who made a notice, and from what. */
export interface Origin {
  readonly madeBy: string;
  readonly snapshot?: number;
}

/**
 * Keeps a notice.
 * @returns what the caller has to write into the ledger, in the same transaction; undefined when its news was told before:
 *   then it must not be sealed
 */
export async function addNotice(
  query: Query,
  notice: Notice,
  { madeBy, snapshot }: Origin,
): Promise<readonly Fact[] | undefined> {
  const row = {
    id: notice.id,
    key: notice.key,
    kind: notice.kind,
    event: notice.event.id,
    slug: notice.event.slug,
    snapshot: snapshot ?? null,
    corrects: notice.corrects?.id ?? null,
    made_at: notice.madeAt,
    made_by: madeBy,
    data: JSON.stringify(notice),
  };
  const added = await query
    .insertInto("notice")
    .values(row)
    .onConflict((clash) => clash.doNothing())
    .returning("id")
    .executeTakeFirst();
  return added && recordsOf("notice", [row], notice.madeAt);
}

/** A notice with what became of it on each channel. */
export interface ToldNotice {
  readonly notice: Notice;
  readonly madeBy: string;
  readonly snapshot: number | undefined;
}

export async function noticeById(query: Query, id: string): Promise<ToldNotice | undefined> {
  const row = await query.selectFrom("notice").selectAll().where("id", "=", id).executeTakeFirst();
  return row && toldNotice(row);
}

/** Every notice that corrects another one, with that, the oldest first. */
export async function correctedNotices(
  query: Query,
): Promise<readonly { readonly correction: Notice; readonly wrong: Notice }[]> {
  const rows = await query
    .selectFrom("notice as correction")
    .innerJoin("notice as wrong", "wrong.id", "correction.corrects")
    .select(["correction.data as correction", "wrong.data as wrong"])
    .orderBy("correction.made_at")
    .orderBy("correction.id")
    .execute();
  return rows.map(({ correction, wrong }) => ({
    correction: JSON.parse(correction) as Notice,
    wrong: JSON.parse(wrong) as Notice,
  }));
}

/** Who made a notice, and who published what it is made from; undefined where there is no such notice. */
export async function makersOf(
  query: Query,
  notice: string,
): Promise<{ readonly madeBy: string; readonly publishedBy: string | undefined } | undefined> {
  const row = await query
    .selectFrom("notice")
    .leftJoin("snapshot", "snapshot.id", "notice.snapshot")
    .select(["made_by", "published_by"])
    .where("notice.id", "=", notice)
    .executeTakeFirst();
  return row && { madeBy: row.made_by, publishedBy: row.published_by ?? undefined };
}

/** The corrections of a notice. */
export async function correctionsOf(query: Query, notice: string): Promise<readonly Notice[]> {
  const rows = await query.selectFrom("notice").select("data").where("corrects", "=", notice).execute();
  return rows.map(({ data }) => JSON.parse(data) as Notice);
}

/** The notices of an event, newest first. */
export async function noticesOf(query: Query, event: string): Promise<readonly ToldNotice[]> {
  const found = query.selectFrom("notice").selectAll().where("event", "=", event);
  return (await found.orderBy("made_at", "desc").orderBy("id").execute()).map(toldNotice);
}

/** What an event is and was called. */
export interface EventNames {
  readonly id: string;
  /** The id that its file gave it last. */
  readonly writtenId?: string;
  /** Every slug it ever had, the newest last. */
  readonly slugs: readonly string[];
}

/** The events of which a slug, or the whole of an id, is or holds a text: who was last told of comes first. */
export async function eventsLike(query: Query, text: string): Promise<readonly EventNames[]> {
  const part = text.replace(/[%_\\]/g, "");
  // What is known of an event is one text: those that hold the part anywhere are few, and read in full.
  const known = await query
    .selectFrom("known_event")
    .select("data")
    .where((where) => where.or([where("id", "=", text), where("data", "like", `%${part}%`)]))
    .execute();
  const events = known
    .map(({ data }) => JSON.parse(data) as EventNames)
    .filter(({ id, slugs, writtenId }) => [id, writtenId].includes(text) || slugs.some((slug) => slug.includes(part)));
  if (events.length === 0) return [];
  const ids = events.slice(0, MOST_NAMED).map(({ id }) => id);
  const told = await query
    .selectFrom("notice")
    .select((row) => ["event", row.fn.max("made_at").as("at")])
    .where("event", "in", ids)
    .groupBy("event")
    .execute();
  const toldAt = new Map(told.map(({ at, event }) => [event, Number(at)]));
  return events.toSorted((a, b) => (toldAt.get(b.id) ?? 0) - (toldAt.get(a.id) ?? 0));
}

/** Of more events than this it is not asked who was told of last: a name that fits so many means none of them. */
const MOST_NAMED = 1_000;

function toldNotice(row: { data: string; made_by: string; snapshot: number | null }): ToldNotice {
  return { notice: JSON.parse(row.data) as Notice, madeBy: row.made_by, snapshot: row.snapshot ?? undefined };
}
