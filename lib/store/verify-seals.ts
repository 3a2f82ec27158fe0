import { createHash } from "node:crypto";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { Database } from "./dialect.ts";
import { type LedgerEntry, readLedger } from "./ledger.ts";
import { rowText } from "./seals.ts";

/**
 * Holds the queue against the ledger: every notice, sealed text and list of recipients is the one that was sealed, and every
 * delivery is in the state that its last entry gave it.
 * @returns what does not agree, as sentences
 */
export async function verifySeals(database: Database): Promise<readonly string[]> {
  const faults: string[] = [];
  for await (const entry of readLedger(database, { kind: "sealed" })) faults.push(...(await faultsOf(database, entry)));
  const last = new Map<number, unknown>();
  for await (const { delivery, data, kind } of readLedger(database)) {
    if (delivery !== undefined) last.set(delivery, kind === "lost" ? "unknown" : data["state"]);
  }
  for await (const { id, state, notice } of settledRows(database)) {
    if (last.get(id) !== state) faults.push(`Delivery ${id} of notice ${notice} is “${state}”, which no entry says.`);
    last.delete(id);
  }
  for (const [id, state] of last) {
    if (state === "accepted" || state === "failed" || state === "unknown") {
      faults.push(`Delivery ${id} was “${state}”; the queue says otherwise.`);
    }
  }
  return faults;
}

const PAGE = 5_000;

/** The deliveries that came to an end, a page at a time. */
async function* settledRows(database: Database) {
  for (let after = 0; ; ) {
    const page = await database.query
      .selectFrom("delivery")
      .select(["id", "state", "notice"])
      .where("id", ">", after)
      .where("state", "in", ["accepted", "failed", "unknown", "folded"])
      .orderBy("id")
      .limit(PAGE)
      .execute();
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.id as number;
  }
}

/** The deliveries of a seal in the order in which they were sealed, a page at a time. */
async function* sealedRows(database: Database, notice: string, channel: ChannelName) {
  for (let after = ""; ; ) {
    const page = await database.query
      .selectFrom("delivery")
      .select(["proof", "subscription", "subscriber"])
      .where("notice", "=", notice)
      .where("channel", "=", channel)
      .where("subscription", ">", after)
      .orderBy("subscription")
      .limit(PAGE)
      .execute();
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.subscription as string;
  }
}

async function faultsOf(database: Database, { notice = "", channel = "email", data }: LedgerEntry): Promise<string[]> {
  const seal = await database.query
    .selectFrom("seal")
    .select(["rendering"])
    .where("notice", "=", notice)
    .where("channel", "=", channel)
    .executeTakeFirst();
  const what = `Notice ${notice} on ${channel}`;
  if (!seal) return [`${what} was sealed, and its seal is gone.`];
  const faults: string[] = [];
  if (createHash("sha256").update(seal.rendering).digest("hex") !== data["renderingHash"]) {
    faults.push(`${what}: the text is not the one that was sealed.`);
  }
  faults.push(...(await textFaultsOf(database, notice, channel, data["texts"] as readonly string[] | undefined)));
  const hash = createHash("sha256");
  const rowsHash = createHash("sha256");
  for await (const { proof, subscription, subscriber } of sealedRows(database, notice, channel)) {
    hash.update(proof);
    rowsHash.update(rowText(subscription, subscriber, proof));
  }
  // What was sealed before these were kept has only the first.
  const { deliveriesHash = rowsHash.copy().digest("hex"), noticeHash } = data;
  if (hash.digest("hex") !== data["recipientsHash"] || rowsHash.digest("hex") !== deliveriesHash) {
    faults.push(`${what}: the recipients are not the ones that were sealed.`);
  }
  const told = await database.query.selectFrom("notice").select("data").where("id", "=", notice).executeTakeFirst();
  if (
    noticeHash !== undefined &&
    createHash("sha256")
      .update(told?.data ?? "")
      .digest("hex") !== noticeHash
  ) {
    faults.push(`Notice ${notice} is not what was sealed.`);
  }
  return faults;
}

/** Holds the texts that only some recipients get against those that were sealed. */
async function textFaultsOf(
  database: Database,
  notice: string,
  channel: ChannelName,
  sealed: readonly string[] = [],
): Promise<string[]> {
  const kept = await database.query
    .selectFrom("rendering")
    .select(["hash", "body"])
    .where("notice", "=", notice)
    .where("channel", "=", channel)
    .execute();
  const isSealed = ({ body, hash }: (typeof kept)[number]) =>
    sealed.includes(hash) && createHash("sha256").update(body).digest("hex") === hash;
  if (kept.length === sealed.length && kept.every(isSealed)) return [];
  return [`Notice ${notice} on ${channel}: a text that some recipients get is not one that was sealed.`];
}
