import type { Vault } from "#lib/access/vault.ts";
import type { Channel } from "#lib/delivery/channels/channel.ts";
import { proofParts } from "#lib/delivery/seal-check.ts";
import { sealKey } from "#lib/model/delivery.ts";
import type { Notice } from "#lib/model/notice.ts";
import { foldedFact, takeWaiting } from "#lib/store/bundles.ts";
import { carriedBy } from "#lib/store/claim.ts";
import type { Database, Transaction } from "#lib/store/dialect.ts";
import type { Fact } from "#lib/store/facts.ts";
import { type Apart, type Combined, combine, waitingApart } from "#lib/store/gather.ts";
import { interestOf } from "#lib/store/interest.ts";
import { appendFacts } from "#lib/store/ledger.ts";
import { noticeById } from "#lib/store/notices.ts";
import { withdrawNotice } from "#lib/store/withdraw.ts";
import { textsOf } from "./texts.ts";

/** What it takes to draw and to prove a text. */
/**
 * Takes a notice back for good from everyone whom it has not reached; what waited in one message with it is told without it.
 * @returns how many those were
 */
export async function takeBack(
  database: Database,
  transaction: Transaction,
  teller: Teller,
  order: Parameters<typeof withdrawNotice>[2],
): Promise<number> {
  const taken = await withdrawNotice(database, transaction, order);
  if (taken > 0) await gather(database, transaction, teller, order.at);
  return taken;
}

interface Teller {
  readonly vault: Pick<Vault, "proof">;
  readonly channels: readonly Channel[];
}

/**
 * Puts together again what was to be one message and came apart, as a part of it was taken back or had begun: the newest
 * tells the others as well, as if they had been sealed so.
 * @param now milliseconds since the epoch
 */
export async function gather(database: Database, transaction: Transaction, teller: Teller, now: number): Promise<void> {
  const apart = await waitingApart(transaction, now);
  const bundles = Map.groupBy(apart, ({ bundle, subscription }) => `${subscription} ${bundle}`);
  const newest = [...bundles.values()].flatMap((of) => of.slice(-1));
  const bySeal = Map.groupBy(newest, sealKey);
  for (const carriers of bySeal.values()) await gatherInto(database, transaction, teller, carriers, now);
}

async function gatherInto(
  database: Database,
  transaction: Transaction,
  { channels, vault }: Teller,
  carriers: readonly Apart[],
  now: number,
): Promise<void> {
  const { channel, notice: id } = carriers[0] as Apart;
  const wanted = carriers.map(({ bundle, subscription }) => [subscription, bundle] as const);
  const folded = await takeWaiting(database, transaction, { notice: id, channel, now, wanted });
  const subscriptions = [...new Set(folded.map(({ subscription }) => subscription))];
  if (subscriptions.length === 0) return;
  const members = await carriedBy(database, transaction, id, subscriptions);
  const notices = new Map<string, Notice>();
  const noticeOf = async (name: string) => {
    const known = notices.get(name) ?? (await noticeById(transaction, name))?.notice;
    if (!known) throw new Error(`There is no notice ${name}, though there are deliveries of it.`);
    notices.set(name, known);
    return known;
  };
  const textFor = textsOf(channels, channel, await noticeOf(id));
  const texts = new Map<string, string>();
  const combined: Combined[] = [];
  const facts: Fact[] = [];
  for (const { id: delivery, subscriber, subscription, ...asked } of carriers) {
    const told = await Promise.all((members.get(subscription) ?? []).map(({ notice }) => noticeOf(notice)));
    const text = told.length > 0 ? textFor(interestOf(asked), told) : undefined;
    if (!text) continue;
    texts.set(text.hash, text.body);
    const proof = vault.proof(...proofParts({ notice: id, channel, subscription, subscriber }, text.hash));
    combined.push({ delivery, hash: text.hash, proof });
    const own = folded.filter((one) => one.subscription === subscription);
    facts.push(...own.map((one) => foldedFact(one, { by: id, channel, text: text.hash, at: now })));
  }
  await combine(database, transaction, { notice: id, channel }, combined, texts);
  const gathered: Fact = { at: now, kind: "gathered", notice: id, channel, data: { texts: [...texts.keys()].sort() } };
  await appendFacts(database, transaction, [gathered, ...facts]);
}
