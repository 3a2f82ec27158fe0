import { createHash } from "node:crypto";
import { type ExpressionBuilder, sql, type Transaction } from "kysely";
import { IMPACTS } from "#lib/model/incident.ts";
import type { Notice } from "#lib/model/notice.ts";
import { type Audience, type ChannelName, type Interest, TOPICS } from "#lib/model/subscription.ts";
import type { Database } from "./dialect.ts";
import { appendFacts } from "./ledger.ts";
import type { Tables } from "./schema.ts";

/** Everything that is fixed of a notice on one channel before its first message leaves. */
export interface Sealing {
  readonly notice: Notice;
  readonly channel: ChannelName;
  readonly rendering: string;
  /** SHA-256, in hexadecimal. */
  readonly renderingHash: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Whether somebody found by the query did ask for it: the plain rule, held against every single one. */
  readonly isConcerned: (audience: Audience, interest: Interest) => boolean;
  readonly proofOf: (subscription: string, subscriber: string) => string;
  /** The wave a recipient is in, by the fraction (0 to 1) that its proof gives, of as many recipients. */
  readonly waveOf: (fraction: number, recipients: number) => number;
  /** Of as many recipients, whether a second person has to agree first. */
  readonly needsApproval: (recipients: number) => boolean;
  /** Of a correction: only who may have received the notice it corrects. */
  readonly onlyReachedBy?: string;
}

/** How a notice was sealed for a channel. */
export interface Sealed {
  readonly channel: ChannelName;
  readonly recipients: number;
  readonly needsApproval: boolean;
}

/** The recipients that the query found are not those who asked: nothing of this notice may leave. */
class BrokenRouting extends Error {
  override readonly name = "BrokenRouting";
  readonly code = "BROKEN_ROUTING";
}

/** Subscriptions that are sealed at a time: what a page leaves behind is thrown away before it grows old. */
const PAGE = 512;

/** Of a correction, where each page looks up anew whom the wrong notice may have reached. */
const CORRECTION_PAGE = 10_000;

interface Found {
  readonly id: string;
  readonly subscriber: string;
  readonly components: string;
  readonly topics: number;
  readonly least_impact: number;
}

/**
 * Fixes who gets a notice over a channel: one delivery for each active subscription that asked for it, with a proof
 * that it was meant for exactly this one. Nobody is in it who did not ask.
 * @throws {BrokenRouting} when the query brings somebody whom the notice does not concern
 */
export async function sealDeliveries(
  database: Database,
  transaction: Transaction<Tables>,
  sealing: Sealing,
): Promise<Sealed> {
  const { notice, channel, now } = sealing;
  // Others join and leave meanwhile: so many, more or less, and the waves are cut by it.
  const expected = await countConcerned(transaction, sealing);
  const hash = createHash("sha256");
  const rowsHash = createHash("sha256");
  let recipients = 0;
  for await (const page of concernedPages(transaction, sealing)) {
    const rows = page.map((found) => {
      const interest = interestOf(found);
      if (!sealing.isConcerned(notice.audience, interest)) {
        throw new BrokenRouting(`Notice ${notice.id} would have gone to a subscription that did not ask for it.`);
      }
      const proof = sealing.proofOf(found.id, found.subscriber);
      hash.update(proof);
      rowsHash.update(rowText(found.id, found.subscriber, proof));
      return {
        notice: notice.id,
        channel,
        subscription: found.id,
        subscriber: found.subscriber,
        proof,
        wave: sealing.waveOf(fractionOf(proof), expected),
        state: "queued" as const,
        // Whatever the clock of whoever delivers says.
        due_at: 0,
      };
    });
    recipients += rows.length;
    await database.insertMany(transaction, "delivery", rows);
  }
  if (recipients === 0) return { channel, recipients, needsApproval: false };
  const needsApproval = sealing.needsApproval(recipients);
  const recipientsHash = hash.digest("hex");
  const deliveriesHash = rowsHash.digest("hex");
  const noticeHash = createHash("sha256").update(JSON.stringify(notice)).digest("hex");
  await transaction
    .insertInto("seal")
    .values({
      notice: notice.id,
      channel,
      rendering: sealing.rendering,
      rendering_hash: sealing.renderingHash,
      recipients,
      recipients_hash: recipientsHash,
      wave: sealing.waveOf(0, expected),
      state: needsApproval ? "awaiting_approval" : "open",
      sealed_at: now,
    })
    .execute();
  const { key, kind } = notice;
  const { renderingHash } = sealing;
  const data = { key, kind, recipients, recipientsHash, renderingHash, deliveriesHash, noticeHash };
  await appendFacts(database, transaction, [{ at: now, kind: "sealed", notice: notice.id, channel, data }]);
  return { channel, recipients, needsApproval };
}

/** What the ledger holds a delivery to: whom it is for, and the proof of it. */
export function rowText(subscription: string, subscriber: string, proof: string): string {
  return `${subscription} ${subscriber} ${proof}\n`;
}

/** How many a notice concerns on a channel, without sealing anything. */
export async function countConcerned(
  query: Transaction<Tables> | Database["query"],
  sealing: Pick<Sealing, "notice" | "channel" | "onlyReachedBy">,
): Promise<number> {
  const { count } = await concerned(query, sealing)
    .select((all) => all.fn.countAll<number | string>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function* concernedPages(
  transaction: Transaction<Tables>,
  sealing: Pick<Sealing, "notice" | "channel" | "onlyReachedBy">,
): AsyncGenerator<readonly Found[]> {
  const most = sealing.onlyReachedBy === undefined ? PAGE : CORRECTION_PAGE;
  let after = "";
  for (;;) {
    const page = await concerned(transaction, sealing)
      .select(["id", "subscriber", "components", "topics", "least_impact"])
      .where("id", ">", after)
      .orderBy("id")
      .limit(most)
      .execute();
    if (page.length > 0) yield page;
    if (page.length < most) return;
    after = page.at(-1)?.id as string;
  }
}

/** The query that finds recipients. What it finds is held against the plain rule one by one. */
function concerned(
  query: Transaction<Tables> | Database["query"],
  { notice, channel, onlyReachedBy }: Pick<Sealing, "notice" | "channel" | "onlyReachedBy">,
) {
  const { topic, components, impact } = notice.audience;
  const active = query.selectFrom("subscription").where("channel", "=", channel).where("state", "=", "active");
  if (onlyReachedBy !== undefined) {
    return active.where("id", "in", (from) =>
      from
        .selectFrom("delivery")
        .select("subscription")
        .where("notice", "=", onlyReachedBy)
        .where((where) =>
          where.or([
            where("state", "in", ["accepted", "unknown", "sending"]),
            // Where the site has what may have arrived repeated, an earlier attempt may have reached it.
            where("id", "in", maybeReachedBy(where, onlyReachedBy)),
          ]),
        ),
    );
  }
  const wanting = active
    .where(sql<number>`topics & ${bitOf(topic)}`, "<>", 0)
    .where("least_impact", "<=", impact ? IMPACTS.indexOf(impact) : IMPACTS.length);
  if (components.length === 0) return wanting;
  return wanting.where((where) =>
    where.or([
      where("components", "=", "[]"),
      ...components.map((id) => where("components", "like", `%${JSON.stringify(id)}%`)),
    ]),
  );
}

/** The deliveries of a notice of which an attempt ended with nobody knowing whether it arrived. */
function maybeReachedBy({ selectFrom }: ExpressionBuilder<Tables, "delivery">, notice: string) {
  return selectFrom("ledger")
    .select((row) => row.ref("delivery").$notNull().as("delivery"))
    .where("notice", "=", notice)
    .where("kind", "=", "attempted")
    .where("delivery", "is not", null)
    .where("data", "like", '%"outcome":"unknown"%');
}

function bitOf(topic: (typeof TOPICS)[number]): number {
  return 1 << TOPICS.indexOf(topic);
}

/** An interest as one row keeps it. */
export function interestRow({ components, topics, leastImpact }: Interest) {
  return {
    components: JSON.stringify([...components].sort()),
    topics: topics.reduce((bits, topic) => bits | bitOf(topic), 0),
    least_impact: IMPACTS.indexOf(leastImpact),
  };
}

export function interestOf(row: Pick<Found, "components" | "topics" | "least_impact">): Interest {
  return {
    components: JSON.parse(row.components) as string[],
    topics: TOPICS.filter((topic) => (row.topics & bitOf(topic)) !== 0),
    leastImpact: IMPACTS[row.least_impact] ?? "none",
  };
}

/** A number from 0 to 1 that a proof gives, spread evenly. */
function fractionOf(proof: string): number {
  return Buffer.from(proof.slice(0, 8), "base64url").readUInt32BE() / 2 ** 32;
}
