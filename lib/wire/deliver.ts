import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { refuseLostDatabase, refuseLostSecret } from "#lib/access/lost-data.ts";
import { vaultOf } from "#lib/access/open-vault.ts";
import { readSecrets } from "#lib/access/secret.ts";
import { vapidOf } from "#lib/access/vapid.ts";
import type { Vault } from "#lib/access/vault.ts";
import { type AttemptDependencies, makeAttempts } from "#lib/delivery/attempt.ts";
import { attemptDependencies } from "#lib/delivery/attempt-dependencies.ts";
import { requireMaildir, watchMailbox } from "#lib/delivery/bounces/mailbox.ts";
import { type BounceContext, marksOf, takeReturned } from "#lib/delivery/bounces/take.ts";
import { haltFile } from "#lib/delivery/halt-file.ts";
import { startHub } from "#lib/delivery/hub.ts";
import { followLedger } from "#lib/delivery/own-ledger.ts";
import { openQueueClient, type QueueClient } from "#lib/delivery/queue-client.ts";
import { openTransports, type Transports } from "#lib/delivery/transports.ts";
import { startWitness } from "#lib/delivery/witness/witness.ts";
import { Worker } from "#lib/delivery/worker.ts";
import { DEAD_AFTER_MS, PACE } from "#lib/delivery/worker-settings.ts";
import { NOTICE_CONFIG, type SiteConfig } from "#lib/model/config.ts";
import { isAboutLedger } from "#lib/model/failure.ts";
import { openErasures } from "#lib/operation/erasures.ts";
import { type Alarms, openAlarms } from "#lib/operation/troubles/alarms.ts";
import type { Found } from "#lib/operation/troubles/find.ts";
import { observed } from "#lib/operation/troubles/observed.ts";
import { type WatchedClock, watchClock } from "#lib/operation/watched-clock.ts";
import { openAnnouncer } from "#lib/publishing/announcer.ts";
import { ScheduledNotices } from "#lib/publishing/scheduled-notices.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import type { Database } from "#lib/store/dialect.ts";
import { startMessageSender } from "#lib/subscribers/message-sender.ts";

export interface DeliverOptions {
  readonly clock: () => number;
  /** Something did not work and is tried again. */
  readonly onError: (error: unknown) => void;
  /** Something that an operator should know at once. */
  readonly onAlarm: (message: string) => void;
  /** How many notices were just told because their time had come. */
  readonly onTold: (count: number) => void;
  /** The ledger is not the one this process knows: it has stopped for good, and why. */
  readonly onStop?: (message: string) => void;
  /** A worker that was not heard of for so long is dead, in milliseconds; half a minute unless told otherwise. */
  readonly deadAfterMs?: number;
}

/** Delivery under way. */
export interface Delivering {
  /** What it is called in the queue. */
  readonly worker: string;
  /** Ends once nothing that is due is left to be done. */
  idle(): Promise<void>;
  /** Takes nothing more, lets what is in flight end for a while, and closes everything. */
  stop(): Promise<void>;
}

/** How often it is asked whether time has brought news. */
const TICK_MS = 5_000;

/** How long what is in flight may take when the process is told to stop. */
const GRACE_MS = 10_000;

/** Begins to deliver what is sealed, and to tell what time brings. */
export async function startDelivery(environment: Environment, options: DeliverOptions): Promise<Delivering> {
  const { onError, onTold, deadAfterMs = DEAD_AFTER_MS } = options;
  const leaseMs = deadAfterMs / 2;
  if (environment.channels?.mailBouncesFolder !== undefined) requireMaildir(environment.channels.mailBouncesFolder);
  const database = await openDatabase(databaseOf(environment));
  const watched = await watchClock(database, environment, options.clock);
  const { clock } = watched;
  const alarms = openAlarms(database, environment, { ...options, clock });
  const vault = await ownVault(database, environment);
  const ledger = await followLedger({ database, data: environment.data, clock, onAlarm: alarms.onAlarm });
  const erasures = openErasures(database, vault, environment.data);

  const news = new ScheduledNotices(database, await openAnnouncer(database, environment), alarms.onAlarm);
  const tell = telling(news, watched, onTold);
  const config = await configOnceThere(news, tell);
  const { failureLimit, repeatUnknown } = config.notices ?? NOTICE_CONFIG;
  const worker = crypto.randomUUID();
  const vapid = await vapidOf(database, vault, environment, config);
  const present = () => news.content?.config ?? config;
  const transports = openTransports(environment, { site: present, vapid, vault });
  const place = { location: databaseOf(environment), worker, deadAfterMs, ledgerKey: vault.ledgerKey };
  const queue = openQueueClient(place, () => haltFile(environment.data));
  const dependencies = attemptDependencies({
    vault,
    transports: observed(transports.by, alarms.health),
    sealedText: queue.sealedText,
    policy: { repeatUnknown },
    siteUrl: () => present().url,
    clock,
    leaseMs,
  });
  const working = new Worker({
    queue,
    attempts: makeAttempts(dependencies),
    settings: { ...PACE, failureLimit, leaseMs, beatMs: deadAfterMs / 6 },
    clock,
    onError,
    onAlarm: alarms.onAlarm,
  });
  const beside = startBeside({
    environment,
    database,
    vault,
    transports,
    alarms,
    clock,
    onError,
    present,
    dependencies,
    queue,
  });
  alarms.watch({ site: present, email: transports.by.email, own: heldBack(watched, news) });
  const tick = async () => {
    // First: what comes after is for a ledger that is still the one it was.
    await ledger.look();
    await watched.check();
    await tell();
    await erasures.keep();
  };
  let stopping: Promise<void> | undefined;
  const ticking = ticks(tick, (error) => {
    if (!isAboutLedger(error) || stopping !== undefined) return onError(error);
    alarms.onAlarm(error.message);
    stop().then(() => options.onStop?.(error.message), onError);
  });
  async function end(): Promise<void> {
    await ticking.stop();
    await Promise.all([working.stop(GRACE_MS), beside.stop(), alarms.stop()]);
    await ledger.look().catch(onError);
    await alarms.close();
    await transports.close();
    await Promise.all([queue.close(), database.close()]);
  }
  function stop(): Promise<void> {
    stopping ??= end();
    return stopping;
  }
  return { worker, idle: () => working.idle(), stop };
}

interface Beside {
  readonly environment: Environment;
  readonly database: Database;
  readonly vault: Vault;
  readonly transports: Transports;
  readonly alarms: Alarms;
  readonly clock: () => number;
  readonly onError: (error: unknown) => void;
  /** What the site says of itself now. */
  readonly present: () => SiteConfig;
  readonly dependencies: Pick<AttemptDependencies, "send">;
  readonly queue: Pick<QueueClient, "halts">;
}

/** What a worker does besides notices: messages about subscriptions, mails that came back, the hub, witnesses. */
function startBeside(beside: Beside): { stop(): Promise<void> } {
  const { environment, database, vault, transports, clock, onError, present } = beside;
  const { onAlarm } = beside.alarms;
  const { halts } = beside.queue;
  const { send } = beside.dependencies;
  const mailFolder = join(environment.data, "mail");
  const messageSender = startMessageSender({
    database,
    vault,
    mailFolder,
    config: present,
    send,
    halts,
    clock,
    onError,
  });
  const mailbox = openMailbox(environment, { database, vault }, { config: present, clock, onError });
  const { sender } = transports;
  const hub = startHub({ database, sender, hub: () => present().hub, halts, clock, onError, onAlarm });
  const witness = startWitness({ environment, database, vault, transports, site: present, clock, onError, onAlarm });
  return {
    stop: async () => {
      await Promise.all([messageSender.stop(), hub.stop(), mailbox?.stop(), witness.stop()]);
    },
  };
}

/** Opens the vault, unless the database or the secret that belongs to it is lost. */
async function ownVault(database: Database, environment: Environment): Promise<Vault> {
  await refuseLostDatabase(database, environment);
  await refuseLostSecret(database, environment);
  return await vaultOf(database, await readSecrets(environment));
}

/** What may not be told for now: by a clock that is in doubt, or as a person has to decide on it after a restoration. */
function heldBack({ troubles }: WatchedClock, news: ScheduledNotices): () => readonly Found[] {
  return () => {
    const { damage, undecided } = news;
    const held = [...troubles(), ...(damage === "" ? [] : [{ key: "snapshot", message: damage, count: 0 }])];
    if (undecided.length === 0) return held;
    const remedy = "“candor publish”, or the operator's page, asks whether it is to be told.";
    const message = `The database was restored from a copy, and whether subscribers know of this, nobody can say here: ${undecided.join(", ")}. ${remedy}`;
    return [...held, { key: "restored", message, count: 0 }];
  };
}

/** Tells what time brings, by a clock that nobody doubts. */
function telling(
  news: ScheduledNotices,
  { clock, isInDoubt }: WatchedClock,
  onTold: DeliverOptions["onTold"],
): () => Promise<void> {
  return async () => {
    const told = await news.tell(clock(), isInDoubt());
    if (told > 0) onTold(told);
  };
}

/** Reads what comes back, where a folder for it is set. */
function openMailbox(
  environment: Environment,
  bounceContext: BounceContext,
  { config, clock, onError }: Pick<DeliverOptions, "clock" | "onError"> & { readonly config: () => SiteConfig },
) {
  const folder = environment.channels?.mailBouncesFolder;
  if (folder === undefined) return undefined;
  const take = (raw: Uint8Array) => takeReturned(bounceContext, raw, marksOf(config(), environment), clock());
  return watchMailbox({ folder, take, clock, onError });
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
async function configOnceThere(news: ScheduledNotices, tell: () => Promise<void>): Promise<SiteConfig> {
  await tell();
  while (!news.content) {
    await sleep(500);
    await tell();
  }
  return news.content.config;
}
