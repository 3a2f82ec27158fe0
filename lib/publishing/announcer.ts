import { refuseLostSecret } from "#lib/access/lost-data.ts";
import { vaultOf } from "#lib/access/open-vault.ts";
import { readSecrets } from "#lib/access/secret.ts";
import { channels } from "#lib/delivery/channels/channels.ts";
import { type Shown, shownOf } from "#lib/delivery/channels/shown.ts";
import { isReturned } from "#lib/delivery/was-restored.ts";
import { everyId } from "#lib/model/component-ids.ts";
import { NOTICE_CONFIG, type NoticeConfig, type SiteConfig } from "#lib/model/config.ts";
import { failure } from "#lib/model/failure.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { Content, Site } from "#lib/model/site.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { circumstancesOf } from "#lib/store/circumstances.ts";
import type { Database, Transaction } from "#lib/store/dialect.ts";
import { noteLive } from "#lib/store/live.ts";
import { correctedNotices, type Origin } from "#lib/store/notices.ts";
import { countConcerned } from "#lib/store/seals.ts";
import { type Decision, refuseUndecided } from "./after-restore.ts";
import type { ContentChanges } from "./changes/content-changes.ts";
import type { CorrectedNotice } from "./corrections.ts";
import { publicationNews } from "./live-publication.ts";
import { noteRefusal } from "./message-scan.ts";
import type { NotTold, Unclear } from "./notices/not-told.ts";
import { unusual } from "./notices/unusual.ts";
import { watchOf } from "./scan-settings.ts";
import { type Silence, seal, type Teller, workOut } from "./seal.ts";
import { toldAhead } from "./told-ahead.ts";

/** What would be told, to how many. */
export interface NoticePreview {
  readonly notice: Notice;
  readonly shown: Shown;
  readonly recipients: Readonly<Partial<Record<ChannelName, number>>>;
  /** The channels on which a second person has to agree first. */
  readonly awaitsApproval: readonly ChannelName[];
  /** How many of them each of its components concerns, where it is about several. */
  readonly components: readonly { readonly name: string; readonly recipients: number }[];
  /** What is otherwise than last time, as sentences. */
  readonly unusual: readonly string[];
}

/** What is not certain, with how many it concerns. */
export interface UnclearPreview extends Unclear {
  readonly recipients: number;
  /** They are too many for it to be published without somebody accepting it. */
  readonly isHeld: boolean;
}

/** Everything that publishing would tell, worked out and not told yet. */
export interface Prepared {
  readonly previews: readonly NoticePreview[];
  /** After a restoration: what may have been told before it, and has to be decided on one by one. */
  readonly asked: readonly NoticePreview[];
  /** Nobody has decided: nothing of it can be sealed. */
  readonly isUndecided: boolean;
  /** Why nobody would be told, as a sentence; absent when somebody would. */
  readonly silence?: string;
  /** What would change and be told nobody. */
  readonly notTold: readonly NotTold[];
  readonly unclear: readonly UnclearPreview[];
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
  /** `site` is what the content is at this moment, and `before` what readers see. */
  prepare(
    content: Content,
    site: Site,
    options: {
      readonly isQuiet: boolean;
      readonly before?: Site | undefined;
      /** What a publication changes, for those who are connected; absent of what time brings. */
      readonly changes?: ContentChanges;
      /** After a restoration: what is to be told of what was asked about. */
      readonly decision?: Decision | undefined;
    },
  ): Promise<Prepared>;
  /** What was corrected, the oldest first. */
  corrections(): Promise<readonly CorrectedNotice[]>;
  /** Whether the database was brought back from a copy and nobody has published since. `now`: milliseconds since the epoch. */
  wasRestored(now: number): Promise<boolean>;
}

/** Opens what tells subscribers: every channel there is, under the environment's secret. */
export async function openAnnouncer(database: Database, environment: Environment): Promise<Announcer> {
  await refuseLostSecret(database, environment);
  const vault = await vaultOf(database, await readSecrets(environment));
  return {
    corrections: () => correctedNotices(database.query),
    wasRestored: (now) => isReturned(database, environment.data, now),
    async prepare(content, site, { isQuiet, before, changes, decision }) {
      const teller: Teller = {
        vault,
        channels: Object.values(channels),
        settings: settingsOf(content.config, before?.config),
        watch: watchOf(environment.content, content),
      };
      // Whoever publishes first after a copy was brought back must know of it, whether anybody delivers yet or not.
      await isReturned(database, environment.data, site.now);
      const telling = await workOut(database, teller, site, {
        isQuiet,
        ...(before ? { before } : {}),
        ...(decision ? { decision } : {}),
      });
      const previews = await Promise.all(
        telling.notices.map((notice) => previewOf(database, teller, notice, site.config)),
      );
      const unclear = await Promise.all(telling.unclear.map((one) => unclearPreview(database, teller, one)));
      const silence = silenceOf(telling.silence, previews, teller.settings.announceWithinMs);
      const asked = await Promise.all(telling.asked.map((notice) => previewOf(database, teller, notice, site.config)));
      return {
        previews,
        asked,
        isUndecided: telling.isUndecided,
        ...(silence === undefined ? {} : { silence }),
        notTold: [...telling.notTold, ...(changes && before && !isQuiet ? toldAhead(changes, site) : [])],
        unclear,
        hasNews: telling.known.length > 0,
        problems: telling.problems,
        refuse: (order) => noteRefusal(database, telling.problems, order),
        async seal(transaction, origin) {
          if (telling.isUndecided) refuseUndecided(asked);
          const { snapshot } = origin;
          if (changes && before && snapshot !== undefined) {
            const news = publicationNews(changes, { before, after: site, snapshot });
            await noteLive(database, transaction, news, { at: site.now, snapshot });
          }
          if (await seal(database, transaction, teller, telling, origin)) return;
          const message = "Something was told to subscribers meanwhile. Look again at what would change, then publish.";
          throw failure("NOTED_MEANWHILE", message);
        },
      };
    },
  };
}

async function unclearPreview(
  database: Database,
  { settings, channels }: Teller,
  unclear: Unclear,
): Promise<UnclearPreview> {
  const names = channels.map(({ name }) => name);
  const counts = await countsOf(database, unclear, names);
  const recipients = counts.reduce((sum, [, count]) => sum + count, 0);
  return { ...unclear, recipients, isHeld: recipients > settings.unclearAbove };
}

/** As many components are counted one by one. */
const MOST_COMPONENTS = 20;

async function previewOf(
  database: Database,
  { settings, channels }: Teller,
  notice: Notice,
  config: SiteConfig,
): Promise<NoticePreview> {
  const names = channels.map(({ name }) => name);
  const counts = await countsOf(database, notice, names);
  const recipients = Object.fromEntries(counts.filter(([, count]) => count > 0));
  const concerned = notice.audience.components.length > 1 ? notice.components.slice(0, MOST_COMPONENTS) : [];
  const components = await Promise.all(
    concerned.map(async ({ id, name }) => {
      const audience = { ...notice.audience, components: everyId(config, [id]) };
      const own = await countsOf(database, { ...notice, audience }, names);
      return { name, recipients: own.reduce((sum, [, count]) => sum + count, 0) };
    }),
  );
  return {
    notice,
    shown: shownOf(notice),
    recipients,
    awaitsApproval: counts.filter(([, count]) => count > settings.approveAbove).map(([channel]) => channel),
    components,
    unusual: unusual(notice, recipients, await circumstancesOf(database, notice, names)),
  };
}

/** As they will be; but what is published does not do away with the second person that it takes to tell of it. */
function settingsOf({ notices = NOTICE_CONFIG }: SiteConfig, before: SiteConfig | undefined): NoticeConfig {
  if (!before) return notices;
  const { approveAbove } = before.notices ?? NOTICE_CONFIG;
  return { ...notices, approveAbove: Math.min(notices.approveAbove, approveAbove) };
}

async function countsOf(database: Database, notice: Pick<Notice, "audience">, names: readonly ChannelName[]) {
  return await Promise.all(
    names.map(async (channel) => [channel, await countConcerned(database.query, { notice, channel })] as const),
  );
}

/** Why nobody is told, in words for whoever publishes. */
function silenceOf(silence: Silence | undefined, previews: readonly NoticePreview[], withinMs: number) {
  switch (silence) {
    case "quiet":
      return "Nobody is told: this is published quietly.";
    case "declined":
      return "Nobody is told: what happened after the backup was decided not to be told.";
    case "first":
      return "Nobody is told: what is there when a site is first published is no news.";
    case "old":
      return `Nobody is told: what is new happened more than ${Math.round(withinMs / 3_600_000)} hours ago.`;
    case "known":
      return "Nobody is told: nothing has happened that subscribers do not know. New words for what was told before are not told again.";
    case undefined:
      return previews.some(({ recipients }) => Object.keys(recipients).length > 0)
        ? undefined
        : "Nobody is told: nobody is subscribed to this.";
  }
}
