import type { SealedText } from "#lib/model/delivery.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { Database } from "./dialect.ts";

/**
 * What was sealed of a notice for a channel.
 * @param text the hash of a text that only some recipients get; without it, the one for everybody
 * @throws when it was not
 */
export async function sealedText(
  database: Database,
  notice: string,
  channel: ChannelName,
  text?: string,
): Promise<SealedText> {
  const row = await database.query
    .selectFrom("seal")
    .innerJoin("notice", "notice.id", "seal.notice")
    .select(["seal.rendering", "seal.rendering_hash", "notice.data"])
    .where("seal.notice", "=", notice)
    .where("seal.channel", "=", channel)
    .executeTakeFirstOrThrow();
  const own =
    text === undefined
      ? { body: row.rendering, hash: row.rendering_hash }
      : await database.query
          .selectFrom("rendering")
          .select(["body", "hash"])
          .where("notice", "=", notice)
          .where("channel", "=", channel)
          .where("hash", "=", text)
          .executeTakeFirstOrThrow();
  const { audience, corrects } = JSON.parse(row.data) as Notice;
  const rendering = { channel, body: own.body };
  return { rendering, hash: own.hash, audience, ...(corrects ? { corrects: corrects.id } : {}) };
}
