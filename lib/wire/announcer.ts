import { channels } from "#lib/channels/channels.ts";
import { compile } from "#lib/compile/compile.ts";
import { NOTICE_CONFIG } from "#lib/model/config.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { Content } from "#lib/model/site.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { Database, Transaction } from "#lib/store/dialect.ts";
import type { Origin } from "#lib/store/notices.ts";
import { countConcerned } from "#lib/store/seals.ts";
import type { Environment } from "./environment.ts";
import { noteRefusal } from "./look-through.ts";
import { readSecrets } from "./secret.ts";
import { seal, type Teller, workOut } from "./tell.ts";
import { vaultOf } from "./vault.ts";
import { watchOf } from "./watch.ts";

/** What would be told, to how many. */
export interface NoticePreview {
  readonly notice: Notice;
  readonly recipients: Readonly<Partial<Record<ChannelName, number>>>;
  /** The channels on which a second person has to agree first. */
  readonly awaitsApproval: readonly ChannelName[];
  /** What each channel would say, in its own form. */
  readonly texts: Readonly<Partial<Record<ChannelName, string>>>;
}

/** Everything that publishing would tell, worked out and not told yet. */
export interface Prepared {
  readonly previews: readonly NoticePreview[];
  /** There is something to tell or to take note of. */
  readonly hasNews: boolean;
  /** What in the messages must not be sent: with any of it nothing can be sealed. */
  readonly problems: readonly Problem[];
  /** Notes that nothing was told because of these problems. */
  refuse(order: { readonly by: string; readonly at: number }): Promise<void>;
  /** @throws when somebody else has told something meanwhile */
  seal(transaction: Transaction, origin: Origin): Promise<void>;
}

/** Tells subscribers of what is published. */
export interface Announcer {
  prepare(
    content: Content,
    now: number,
    options: { readonly isQuiet: boolean; readonly before?: Content | undefined },
  ): Promise<Prepared>;
}

/** Opens what tells subscribers: every channel there is, under the environment's secret. */
export async function openAnnouncer(database: Database, environment: Environment): Promise<Announcer> {
  const vault = await vaultOf(database, await readSecrets(environment));
  return {
    async prepare(content, now, { isQuiet, before }) {
      const teller: Teller = {
        vault,
        channels: Object.values(channels),
        settings: content.config.notices ?? NOTICE_CONFIG,
        watch: watchOf(environment.content, content),
      };
      const site = compile(content, now);
      const seen = before && { before: () => compile(before, now) };
      const telling = await workOut(database, teller, site, { isQuiet, ...seen });
      const previews = await Promise.all(telling.notices.map((notice) => previewOf(database, teller, notice, telling)));
      return {
        previews,
        hasNews: telling.known.length > 0,
        problems: telling.problems,
        refuse: (order) => noteRefusal(database, telling.problems, order),
        async seal(transaction, origin) {
          if (await seal(database, transaction, teller, telling, origin)) return;
          const message = "Something was told to subscribers meanwhile. Look again at what would change, then publish.";
          throw Object.assign(new Error(message), { code: "OVERTAKEN" });
        },
      };
    },
  };
}

async function previewOf(
  database: Database,
  { settings }: Teller,
  notice: Notice,
  { renderings }: Pick<Awaited<ReturnType<typeof workOut>>, "renderings">,
): Promise<NoticePreview> {
  const drawn = renderings.get(notice) ?? [];
  const counts = await Promise.all(
    drawn.map(async ({ channel }) => [channel, await countConcerned(database.query, { notice, channel })] as const),
  );
  return {
    notice,
    recipients: Object.fromEntries(counts.filter(([, count]) => count > 0)),
    awaitsApproval: counts.filter(([, count]) => count > settings.approveAbove).map(([channel]) => channel),
    texts: Object.fromEntries(drawn.map(({ channel, body }) => [channel, body])),
  };
}
