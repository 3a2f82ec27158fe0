import type { ChannelName } from "#lib/model/subscription.ts";
import type { Database } from "./dialect.ts";

/** The channels on which a notice was sealed. */
export async function sealedChannels({ query }: Database, notice: string): Promise<readonly ChannelName[]> {
  const rows = await query
    .selectFrom("seal")
    .select("channel")
    .where("notice", "=", notice)
    .orderBy("channel")
    .execute();
  return rows.map(({ channel }) => channel as ChannelName);
}

/** A delivery with what is kept of whom it is for. */
export interface SealedDelivery {
  readonly id: number;
  readonly subscription: string;
  readonly subscriber: string;
  readonly proof: string;
  /** Locked; null once it was erased. */
  readonly address: string | null;
  readonly signingSecret: string | null;
  /** The hash of a text that only some recipients get; absent of the one for everybody. */
  readonly text?: string;
  /** Of a correction: the notice whose message told the wrong words. */
  readonly answers?: string;
  /** The notice whose message tells this one as well. */
  readonly carriedBy?: string;
}

/** What was sealed of a notice for one subscriber on a channel; undefined when nothing was. */
export async function sealedDelivery(
  { query }: Database,
  notice: string,
  channel: ChannelName,
  pseudonym: string,
): Promise<SealedDelivery | undefined> {
  const row = await query
    .selectFrom("delivery")
    .leftJoin("subscription", "subscription.id", "delivery.subscription")
    .select(["delivery.id", "delivery.subscription", "delivery.subscriber", "delivery.proof"])
    .select([
      "delivery.text",
      "delivery.combined",
      "delivery.combined_proof",
      "delivery.answers",
      "delivery.carried_by",
    ])
    .select(["subscription.address", "subscription.signing_secret"])
    .where("delivery.notice", "=", notice)
    .where("delivery.channel", "=", channel)
    .where("delivery.subscriber", "=", pseudonym)
    .executeTakeFirst();
  if (!row) return undefined;
  const { answers, carried_by: carriedBy, combined, id, subscriber, subscription } = row;
  const text = combined ?? row.text;
  return {
    ...{ id, subscription, subscriber, proof: row.combined_proof ?? row.proof },
    ...{ address: row.address ?? null, signingSecret: row.signing_secret ?? null },
    ...(text === null ? {} : { text }),
    ...(answers === null ? {} : { answers }),
    ...(carriedBy === null ? {} : { carriedBy }),
  };
}
