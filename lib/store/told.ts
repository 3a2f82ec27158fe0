import type { SealedText } from "#lib/model/delivery.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { Database } from "./dialect.ts";

/** What was sealed of a notice for a channel. @throws when it was not */
export async function sealedText(database: Database, notice: string, channel: ChannelName): Promise<SealedText> {
  const row = await database.query
    .selectFrom("seal")
    .innerJoin("notice", "notice.id", "seal.notice")
    .select(["seal.rendering", "seal.rendering_hash", "notice.data"])
    .where("seal.notice", "=", notice)
    .where("seal.channel", "=", channel)
    .executeTakeFirstOrThrow();
  const { audience, corrects } = JSON.parse(row.data) as Notice;
  const rendering = { channel, body: row.rendering };
  return { rendering, hash: row.rendering_hash, audience, ...(corrects ? { corrects: corrects.id } : {}) };
}
