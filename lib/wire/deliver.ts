import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeAttempts } from "#lib/delivery/attempt.ts";
import { Worker, type WorkerSettings } from "#lib/delivery/worker.ts";
import { NOTICE_CONFIG, type SiteConfig } from "#lib/model/config.ts";
import { openDatabase } from "#lib/store/database.ts";
import { openAnnouncer } from "./announcer.ts";
import { requireMaildir, watchMailbox } from "./bounces/mailbox.ts";
import { type BounceDesk, marksOf, takeReturned } from "./bounces/take.ts";
import { openDepotBeside } from "./depot-beside.ts";
import { databaseOf, type Environment } from "./environment.ts";
import { haltFile } from "./halt-file.ts";
import { handsOf } from "./hands.ts";
import { highWater } from "./high-water.ts";
import { startHub } from "./hub.ts";
import { isReturned } from "./returned.ts";
import { readSecrets } from "./secret.ts";
import { startPostman } from "./subscriptions/postman.ts";
import { TimeNews } from "./time-news.ts";
import { openTransports } from "./transports.ts";
import { openAlarms } from "./troubles/alarms.ts";
import { observed } from "./troubles/observed.ts";
import { vapidOf } from "./vapid.ts";
import { vaultOf } from "./vault.ts";

export interface DeliverOptions {
  readonly clock: () => number;
  /** Something did not work and is tried again. */
  readonly onError: (error: unknown) => void;
  /** Something that an operator should know at once. */
  readonly onAlarm: (message: string) => void;
  /** How many notices were just told because their time had come. */
  readonly onTold: (count: number) => void;
  /** A worker that was not heard of for so long is dead, in milliseconds; half a minute unless told otherwise. */
  readonly deadAfterMs?: number;
}

/** Delivery under way. */
export interface Delivering {
  /** Ends once nothing that is due is left to be done. */
  idle(): Promise<void>;
  /** Takes nothing more, lets what is in flight end for a while, and closes everything. */
  stop(): Promise<void>;
}

/** A worker that was not heard of for so long is dead, in milliseconds. */
export const DEAD_AFTER_MS = 30_000;

/** How often it is asked whether time has brought news. */
const TICK_MS = 5_000;

/** How long what is in flight may take when the process is told to stop. */
const GRACE_MS = 10_000;

/** How much is sent at a time, and how often it is looked for more. */
export const SETTINGS: Pick<WorkerSettings, "concurrency" | "pollMs"> = {
  concurrency: { email: 40, webhook: 256, slack: 16, discord: 16, teams: 16, webpush: 64 },
  pollMs: 150,
};

const RETURNED =
  "This database was restored from a copy. Deliveries that it believed to be open are not sent, and the next publication tells nobody: whether all that was sent before, it cannot know.";

/** Begins to deliver what is sealed, and to tell what time brings. */
export async function startDelivery(environment: Environment, options: DeliverOptions): Promise<Delivering> {
  const { clock, onError, onTold, deadAfterMs = DEAD_AFTER_MS } = options;
  const leaseMs = deadAfterMs / 2;
  if (environment.channels?.mailBouncesFolder !== undefined) requireMaildir(environment.channels.mailBouncesFolder);
  const location = databaseOf(environment);
  const database = await openDatabase(location);
  const alarms = openAlarms(database, environment, options);
  const { onAlarm } = alarms;
  const vault = await vaultOf(database, await readSecrets(environment));
  const water = highWater(database, environment.data);
  if (await isReturned(database, environment.data, clock())) onAlarm(RETURNED);

  const news = new TimeNews(database, await openAnnouncer(database, environment), onAlarm);
  const told = await news.tell(clock());
  if (told > 0) onTold(told);
  const config = await configOnceThere(news, clock);
  const { failureLimit, repeatUnknown } = config.notices ?? NOTICE_CONFIG;
  const worker = crypto.randomUUID();
  const vapid = await vapidOf(database, vault, environment, config);
  const transports = openTransports(environment, { site: () => news.content?.config ?? config, vapid, vault });
  const depot = openDepotBeside({ location, worker, deadAfterMs }, () => haltFile(environment.data));
  const siteUrl = () => news.content?.config.url ?? config.url;
  const hands = handsOf({
    vault,
    transports: observed(transports.by, alarms.health),
    sealedText: depot.sealedText,
    policy: { repeatUnknown },
    siteUrl,
    clock,
    leaseMs,
  });
  const attempts = makeAttempts(hands);
  const working = new Worker({
    depot,
    attempts,
    settings: { ...SETTINGS, failureLimit, leaseMs, beatMs: deadAfterMs / 6 },
    clock,
    onError,
    onAlarm,
  });
  const postman = startPostman({
    database,
    vault,
    mailFolder: join(environment.data, "mail"),
    config: () => news.content?.config ?? config,
    send: hands.send,
    halts: depot.halts,
    clock,
    onError,
  });

  const marks = () => marksOf(news.content?.config ?? config, environment);
  const mailbox = openMailbox(environment, { database, vault }, { marks, clock, onError });
  const hub = startHub({
    database,
    sender: transports.sender,
    hub: () => news.content?.config.hub,
    halts: depot.halts,
    clock,
    onError,
    onAlarm,
  });

  alarms.watch({ site: () => news.content?.config ?? config, email: transports.by.email });
  const tick = async () => {
    const told = await news.tell(clock());
    if (told > 0) onTold(told);
    await water.keep();
  };
  const ticking = ticks(tick, onError);
  return {
    idle: () => working.idle(),
    async stop() {
      await ticking.stop();
      await Promise.all([working.stop(GRACE_MS), postman.stop(), hub.stop(), mailbox?.stop(), alarms.stop()]);
      await water.keep().catch(onError);
      await alarms.close();
      await transports.close();
      await Promise.all([depot.close(), database.close()]);
    },
  };
}

/** Reads what comes back, where a folder for it is set. */
function openMailbox(
  { channels }: Environment,
  desk: BounceDesk,
  {
    marks,
    clock,
    onError,
  }: Pick<DeliverOptions, "clock" | "onError"> & { readonly marks: () => ReturnType<typeof marksOf> },
) {
  const folder = channels?.mailBouncesFolder;
  if (folder === undefined) return undefined;
  return watchMailbox({ folder, take: (raw) => takeReturned(desk, raw, marks(), clock()), clock, onError });
}

/** Does something again and again, never twice at a time. */
function ticks(tick: () => Promise<void>, onError: (error: unknown) => void): { stop(): Promise<void> } {
  let ticking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    ticking = ticking.then(tick).catch(onError);
  }, TICK_MS);
  return {
    async stop() {
      clearInterval(timer);
      await ticking;
    },
  };
}

/** What the site says of itself; on a fresh start, once it has been published. */
async function configOnceThere(news: TimeNews, clock: () => number): Promise<SiteConfig> {
  while (!news.content) {
    await sleep(500);
    await news.tell(clock());
  }
  return news.content.config;
}
