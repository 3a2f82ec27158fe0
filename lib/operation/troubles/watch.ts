import type { ChannelHealth } from "#lib/delivery/channel-health.ts";
import { type Rounds, runEvery } from "#lib/delivery/run-every.ts";
import { sealKey } from "#lib/model/delivery.ts";
import type { Database } from "#lib/store/dialect.ts";
import { endTrouble, keptTroubles, noteTrouble, type Trouble } from "#lib/store/troubles.ts";
import type { WaitingSeal } from "#lib/store/waiting.ts";
import { type Found, findTroubles, OVERDUE_MS } from "./find.ts";

export interface TroubleWatch {
  readonly database: Database;
  /** The data folder. */
  readonly data: string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** What this process sends with, if it sends. */
  readonly health?: ChannelHealth;
  /** Anything else that this process knows to be wrong at this moment. */
  readonly own?: () => readonly Found[];
  /** A trouble has begun or ended: told once each, by one of all processes. */
  readonly onAlarm: (message: string) => void;
  readonly onError: (error: unknown) => void;
  /** How often it is looked, in milliseconds. */
  readonly everyMs?: number;
}

const EVERY_MS = 5_000;

/** Looks for troubles again and again, keeps them where every process sees them, and raises an alarm when one begins and when it ends. */
export function watchTroubles({ everyMs = EVERY_MS, ...watch }: TroubleWatch): Rounds {
  const { clock, data, database, health, onAlarm, onError, own } = watch;
  const by = crypto.randomUUID();
  const isMoving = movement();
  /** Whoever starts beside this process gets the time to come up before it is said to be missing. */
  let rounds = 0;
  const graceRounds = Math.ceil(OVERDUE_MS / everyMs);
  const round = async () => {
    const now = clock();
    rounds += 1;
    const found = await findTroubles(database, data, { now, isMoving });
    const all = [
      ...found.filter(({ key }) => key !== "no-worker" || rounds > graceRounds),
      ...(health?.failing() ?? []).map(channelTrouble),
      ...(own?.() ?? []),
    ];
    for (const one of all) if (await noteTrouble(database, one, { by, now })) onAlarm(one.message);
    const keys = new Set(all.map(({ key }) => key));
    for (const { key } of await keptTroubles(database, now, { fresh: false })) {
      if (keys.has(key)) continue;
      const ended = await endTrouble(database, key, { by, now });
      if (ended) onAlarm(overText(ended, now));
    }
  };
  return runEvery(round, { everyMs, onError });
}

function channelTrouble({ channel, count, detail }: ReturnType<ChannelHealth["failing"]>[number]): Found {
  const remedy =
    channel === "email"
      ? "“candor doctor” tries the mail server; correct SMTP_URL or see why it cannot be reached."
      : "See whether this machine reaches the network.";
  const message = `Nothing gets through by ${channel}: every attempt fails. ${sentence(detail)} What could not leave is tried again. ${remedy}`;
  return { key: `channel:${channel}`, message, count };
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function overText({ message, since, count }: Trouble, now: number): string {
  const minutes = Math.max(1, Math.round((now - since) / 60_000));
  const failed = count > 0 ? ` ${count.toLocaleString("en")} attempts had failed.` : "";
  const [first = ""] = message.split(/(?<=[.:]) /, 1);
  return `Over after ${minutes} ${minutes === 1 ? "minute" : "minutes"}: ${first.replace(/[.:]$/, "")}.${failed}`;
}

/** Remembers the number of answers of each seal: it moves as long as that has changed within the time that counts as overdue. */
function movement(): (seal: WaitingSeal) => boolean {
  const seen = new Map<string, { settled: number; at: number }>();
  return (seal) => {
    const key = sealKey(seal);
    const now = performance.now();
    const before = seen.get(key);
    if (before?.settled !== seal.settled) seen.set(key, { settled: seal.settled, at: now });
    return now - (seen.get(key)?.at ?? now) < OVERDUE_MS;
  };
}
