import { createHash } from "node:crypto";
import { sql, type Transaction } from "kysely";
import { IMPACTS } from "#lib/model/incident.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { Database } from "./dialect.ts";
import type { Fact } from "./facts.ts";
import { bitOf, INTEREST_COLUMNS, interestOf } from "./interest.ts";
import { appendFacts } from "./ledger.ts";
import { isOnItsWay, mayHaveReached } from "./reached.ts";
import type { Tables } from "./schema.ts";
import type { Found, Sealing } from "./sealing.ts";
import { SpecialTexts } from "./special-texts.ts";

/** By what those are found whom a notice concerns. */
type Concerned = Pick<Sealing, "channel" | "onlyReachedBy"> & { readonly notice: Pick<Notice, "audience"> };

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
  const special = new SpecialTexts(database, transaction, sealing);
  const mayFold = !sealing.needsApproval(expected);
  for await (const page of concernedPages(transaction, sealing)) {
    const asked = page.map((found) => ({ found, interest: interestOf(found) }));
    for (const { interest } of asked) {
      if (!sealing.isConcerned(notice.audience, interest)) {
        throw new BrokenRouting(`Notice ${notice.id} would have gone to a subscription that did not ask for it.`);
      }
    }
    const ways = await special.waysOf(asked, mayFold);
    const rows = page.map((found) => {
      const way = ways.get(found.id);
      const proof = sealing.proofOf(found.id, found.subscriber, way?.text ?? sealing.renderingHash);
      hash.update(proof);
      const dueAt = way?.dueAt ?? 0;
      rowsHash.update(rowText(found.id, found.subscriber, proof));
      return {
        notice: notice.id,
        channel,
        subscription: found.id,
        subscriber: found.subscriber,
        proof,
        // Nobody waits for whoever wants it later: it is in the wave that leaves last.
        wave: sealing.waveOf(dueAt > now ? 1 : fractionOf(proof), expected),
        state: "queued" as const,
        // Whatever the clock of whoever delivers says.
        due_at: dueAt,
      };
    });
    recipients += rows.length;
    await database.insertMany(
      transaction,
      "delivery",
      rows.filter(({ subscription }) => !ways.has(subscription)),
    );
    await database.insertMany(
      transaction,
      "delivery",
      rows.flatMap((row) => {
        const way = ways.get(row.subscription);
        if (!way) return [];
        const { text, combined, bundle, answers, expiresAt } = way;
        const proof = combined === undefined ? null : sealing.proofOf(row.subscription, row.subscriber, combined);
        const own = { text: text ?? null, combined: combined ?? null, combined_proof: proof };
        return [{ ...row, ...own, bundle: bundle ?? null, answers: answers ?? null, expires_at: expiresAt ?? null }];
      }),
    );
  }
  if (recipients === 0) return { channel, recipients, needsApproval: false };
  const needsApproval = sealing.needsApproval(recipients);
  const recipientsHash = hash.digest("hex");
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
  const texts = special.hashes.length > 0 ? { texts: special.hashes } : {};
  const hashes = { recipientsHash, renderingHash, deliveriesHash: rowsHash.digest("hex"), noticeHash };
  const data = { key, kind, recipients, needsApproval, ...hashes, ...texts };
  const fact: Fact = { at: now, kind: "sealed", notice: notice.id, channel, data };
  await appendFacts(database, transaction, [fact, ...special.facts]);
  return { channel, recipients, needsApproval };
}

/** What the ledger holds a delivery to: whom it is for, and the proof of it. */
export function rowText(subscription: string, subscriber: string, proof: string): string {
  return `${subscription} ${subscriber} ${proof}\n`;
}

/** How many a notice concerns on a channel, without sealing anything. */
export async function countConcerned(
  query: Transaction<Tables> | Database["query"],
  sealing: Concerned,
): Promise<number> {
  const { count } = await concerned(query, sealing)
    .select((all) => all.fn.countAll<number | string>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function* concernedPages(transaction: Transaction<Tables>, sealing: Concerned): AsyncGenerator<readonly Found[]> {
  const most = sealing.onlyReachedBy === undefined ? PAGE : CORRECTION_PAGE;
  let after = "";
  for (;;) {
    const page = await concerned(transaction, sealing)
      .select(["id", "subscriber", ...INTEREST_COLUMNS])
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
function concerned(query: Transaction<Tables> | Database["query"], { notice, channel, onlyReachedBy }: Concerned) {
  const { topic, components, impact, isBetween, isProgress } = notice.audience;
  const active = query.selectFrom("subscription").where("channel", "=", channel).where("state", "=", "active");
  if (onlyReachedBy !== undefined) {
    return active.where("id", "in", (from) =>
      from
        .selectFrom("delivery")
        .select("subscription")
        .where("notice", "=", onlyReachedBy)
        .where((row) => row.or([mayHaveReached(row, onlyReachedBy), isOnItsWay(row)])),
    );
  }
  let wanting = active
    .where(sql<number>`topics & ${bitOf(topic)}`, "<>", 0)
    .where("least_impact", "<=", impact ? IMPACTS.indexOf(impact) : IMPACTS.length);
  if (isBetween) wanting = wanting.where("ends_only", "=", 0);
  if (isProgress) wanting = wanting.where("weekly", "=", 0);
  if (components.length === 0) return wanting;
  return wanting.where((where) =>
    where.or([
      where("components", "=", "[]"),
      ...components.map((id) => where("components", "like", `%${JSON.stringify(id)}%`)),
    ]),
  );
}

/** A number from 0 to 1 that a proof gives, spread evenly. */
function fractionOf(proof: string): number {
  return Buffer.from(proof.slice(0, 8), "base64url").readUInt32BE() / 2 ** 32;
}
