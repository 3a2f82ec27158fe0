import type { Notice, NoticeKind } from "#lib/model/notice.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { Database } from "./dialect.ts";

/** What was told before a notice, as far as it says whether this one is as usual. */
export interface Circumstances {
  /** Nobody was ever told anything. */
  readonly isFirst: boolean;
  /** How many the last notice of the same kind went to. */
  readonly lastOfKind?: number;
  /** What was told of the same event last. */
  readonly lastOfEvent?: NoticeKind;
  /** How the last notice did on each channel: of how many answers, how many were no. */
  readonly lastOn: Readonly<Partial<Record<ChannelName, { readonly bad: number; readonly answers: number }>>>;
}

export async function circumstancesOf(
  { query }: Database,
  { kind, event }: Pick<Notice, "kind" | "event">,
  channels: readonly ChannelName[],
): Promise<Circumstances> {
  const newest = query.selectFrom("notice").select(["id", "kind"]).orderBy("made_at", "desc").limit(1);
  const [any, alike, same] = await Promise.all([
    newest.executeTakeFirst(),
    newest.where("kind", "=", kind).executeTakeFirst(),
    newest.where("event", "=", event.id).where("kind", "not in", ["correction"]).executeTakeFirst(),
  ]);
  const seals = alike
    ? await query.selectFrom("seal").select("recipients").where("notice", "=", alike.id).execute()
    : [];
  const lastOn = await Promise.all(
    channels.map(async (channel) => {
      const last = await query
        .selectFrom("seal")
        .select(["accepted", "failed", "unknown"])
        .where("channel", "=", channel)
        .orderBy("sealed_at", "desc")
        .limit(1)
        .executeTakeFirst();
      if (!last) return [];
      const bad = last.failed + last.unknown;
      return [[channel, { bad, answers: last.accepted + bad }] as const];
    }),
  );
  return {
    isFirst: any === undefined,
    ...(alike ? { lastOfKind: seals.reduce((sum, { recipients }) => sum + recipients, 0) } : {}),
    ...(same ? { lastOfEvent: same.kind as NoticeKind } : {}),
    lastOn: Object.fromEntries(lastOn.flat()),
  };
}
