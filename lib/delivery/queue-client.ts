import type { KeyObject } from "node:crypto";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { LRUCache } from "lru-cache";
import type { Halt, SealedText } from "#lib/model/delivery.ts";
import type { QueueOptions } from "./open-queue.ts";
import type { DeliveryQueue } from "./queue.ts";

/** Where a queue is, and whose it is. */
export interface QueuePlace extends QueueOptions {
  readonly location: string;
  /** What its ledger is keyed with; absent of a database that has no vault. */
  readonly ledgerKey?: KeyObject | undefined;
}

/** A question to the thread; its answer has the same id. */
export interface Asked {
  readonly id: number;
  readonly call: keyof DeliveryQueue;
  readonly with: readonly unknown[];
}

/** The code of an error is no part of what passes between threads. */
export type Answered = { readonly id: number } & (
  | { readonly value: unknown }
  | { readonly error: unknown; readonly code: unknown }
);

/** A queue in a thread of its own. */
export interface QueueClient extends DeliveryQueue {
  close(): Promise<void>;
}

/** Texts are few and long, and asked for with each delivery: so many are kept. */
const KEPT_TEXTS = 50;

/**
 * Opens a worker's store in a thread beside it: while the disk is waited for, messages go on leaving. A thread that ends
 * before it is closed takes the process with it, as what it had done by then nobody knows.
 * @param outerHalts halts that stand outside the database, such as a file: while there is one, the database is not asked
 */
export function openQueueClient(place: QueuePlace, outerHalts: () => readonly Halt[]): QueueClient {
  const thread = new Worker(new URL("./queue-thread.ts", import.meta.url), {
    workerData: place,
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let asked = 0;
  let isClosing = false;
  thread.on("exit", () => {
    if (!isClosing) throw new Error("The thread that the store is in has ended.");
  });
  thread.on("message", (answer: Answered) => {
    const asker = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (!("error" in answer)) return asker?.resolve(answer.value);
    const { code, error } = answer;
    return asker?.reject(error instanceof Error && code !== undefined ? Object.assign(error, { code }) : error);
  });
  const ask =
    <Call extends keyof DeliveryQueue>(call: Call) =>
    (...given: Parameters<DeliveryQueue[Call]>): ReturnType<DeliveryQueue[Call]> => {
      asked += 1;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(asked, answer);
      thread.postMessage({ id: asked, call, with: given } satisfies Asked);
      return answer.promise as ReturnType<DeliveryQueue[Call]>;
    };
  const readText = ask("sealedText");
  const readHalts = ask("halts");
  const texts = new LRUCache<string, Promise<SealedText>>({ max: KEPT_TEXTS });
  return {
    exchange: ask("exchange"),
    openSeals: ask("openSeals"),
    sealedText(notice, channel, text) {
      const key = `${notice} ${channel} ${text ?? ""}`;
      const known = texts.get(key);
      if (known) return known;
      const asking = readText(notice, channel, text);
      texts.set(key, asking);
      asking.catch(() => texts.delete(key));
      return asking;
    },
    async halts() {
      const outer = outerHalts();
      return outer.length > 0 ? outer : await readHalts();
    },
    halt: ask("halt"),
    waveState: ask("waveState"),
    widenWave: ask("widenWave"),
    openWave: ask("openWave"),
    closeSeal: ask("closeSeal"),
    stopSeal: ask("stopSeal"),
    beat: ask("beat"),
    leave: ask("leave"),
    async close() {
      isClosing = true;
      const gone = once(thread, "exit");
      thread.postMessage("close");
      await gone;
    },
  };
}
