import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeAttempts } from "#lib/delivery/attempt.ts";
import { Worker, type WorkerSettings } from "#lib/delivery/worker.ts";
import { NOTICE_CONFIG, type SiteConfig } from "#lib/model/config.ts";
import type { Halt } from "#lib/model/delivery.ts";
import { openDatabase } from "#lib/store/database.ts";
import type { Database } from "#lib/store/dialect.ts";
import { appendFacts, type Fact } from "#lib/store/ledger.ts";
import { openAnnouncer } from "./announcer.ts";
import { requireMaildir, watchMailbox } from "./bounces/mailbox.ts";
import { marksOf, takeReturned } from "./bounces/take.ts";
import { openDepotBeside } from "./depot-beside.ts";
import { databaseOf, type Environment } from "./environment.ts";
import { handsOf } from "./hands.ts";
import { highWater } from "./high-water.ts";
import { startHub } from "./hub.ts";
import { isReturned } from "./returned.ts";
import { readSecrets } from "./secret.ts";
import { startPostman } from "./subscriptions/postman.ts";
import { TimeNews } from "./time-news.ts";
import { openTransports } from "./transports.ts";
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
  const { onAlarm, noted } = keptAlarms(database, options);
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
  const transports = openTransports(environment, { name: config.name, url: config.url, vapid, vault });
  const depot = openDepotBeside({ location, worker, deadAfterMs }, () => haltFile(environment.data));
  const siteUrl = () => news.content?.config.url ?? config.url;
  const hands = handsOf({
    vault,
    transports: transports.by,
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

  const folder = environment.channels?.mailBouncesFolder;
  const take = (raw: Uint8Array) =>
    takeReturned({ database, vault }, raw, marksOf(news.content?.config ?? config, environment), clock());
  const mailbox = folder === undefined ? undefined : watchMailbox({ folder, take, clock, onError });
  const hub = startHub({
    database,
    sender: transports.sender,
    hub: () => news.content?.config.hub,
    halts: depot.halts,
    clock,
    onError,
    onAlarm,
  });

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
      await Promise.all([working.stop(GRACE_MS), postman.stop(), hub.stop(), mailbox?.stop()]);
      await water.keep().catch(onError);
      await transports.close();
      await noted();
      await Promise.all([depot.close(), database.close()]);
    },
  };
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

/** Alarms that are kept as well: whoever looks at the operator's page an hour later is told too. */
function keptAlarms(database: Database, { clock, onAlarm, onError }: DeliverOptions) {
  let noting: Promise<void> = Promise.resolve();
  return {
    onAlarm(message: string): void {
      onAlarm(message);
      const fact: Fact = { at: clock(), kind: "alarm", data: { message } };
      const note = () => database.transaction((transaction) => appendFacts(database, transaction, [fact]));
      noting = noting.then(note).catch(onError);
    },
    noted: () => noting,
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

/** A file named HALT in the data folder stops everything, for whoever can reach nothing else. */
export function haltFile(data: string): readonly Halt[] {
  const file = join(data, "HALT");
  if (!existsSync(file)) return [];
  return [{ scope: "all", why: whyIn(file), at: 0, by: "the file HALT" }];
}

/** That it cannot be read is no reason to go on. */
function whyIn(file: string): string {
  const unsaid = "There is a file HALT in the data folder.";
  try {
    return readFileSync(file, "utf8").trim().slice(0, 500) || unsaid;
  } catch {
    return unsaid;
  }
}
