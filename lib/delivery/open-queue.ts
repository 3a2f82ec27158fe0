import type { Claimed } from "#lib/model/delivery.ts";
import { ownHead } from "#lib/store/chain.ts";
import { claim } from "#lib/store/claim.ts";
import type { Database } from "#lib/store/dialect.ts";
import { activeHalts, halt } from "#lib/store/halts.ts";
import { beat, findLost, leave, openSeals, putBack, settle } from "#lib/store/queue.ts";
import { sealedText } from "#lib/store/told.ts";
import { closeSeal, openWave, stopSeal, waveState, widenWave } from "#lib/store/waves.ts";
import type { DeliveryQueue } from "./queue.ts";
import { holdUntil } from "./timing.ts";
import { LAST_WAVE } from "./waves.ts";

export interface QueueOptions {
  /** Unique among all workers of all machines. */
  readonly worker: string;
  /** A worker that was not heard of for so long is dead, in milliseconds. */
  readonly deadAfterMs: number;
}

/** The store as a worker sees it. */
export function openQueue(database: Database, { worker, deadAfterMs }: QueueOptions): DeliveryQueue {
  return {
    async exchange(settled, wants, now) {
      return await database.transaction(async (transaction) => {
        // Nothing is taken once the ledger cannot be written any more: what became of it could not be recorded.
        if (settled.length === 0) await ownHead(database, transaction);
        await settle(database, transaction, worker, settled);
        const claimed: Claimed[] = [];
        for (const { seal, most } of wants) {
          claimed.push(
            ...(await claim(database, transaction, seal, { worker, most, now, holdUntil, lastWave: LAST_WAVE })),
          );
        }
        return claimed;
      });
    },
    openSeals: () => openSeals(database),
    sealedText: (notice, channel, text) => sealedText(database, notice, channel, text),
    halts: () => activeHalts(database),
    halt: (one) => halt(database, one),
    waveState: (seal, isLate) => waveState(database, seal, isLate),
    widenWave: (seal, inWave) => widenWave(database, seal, inWave),
    openWave: (seal) => openWave(database, seal),
    closeSeal: (seal) => closeSeal(database, seal),
    stopSeal: (seal, why, now) => stopSeal(database, seal, why, now),
    async beat(now, held) {
      await beat(database, worker, now);
      await putBack(database, worker, held);
      return await database.transaction((transaction) => findLost(database, transaction, now - deadAfterMs, now));
    },
    leave: () => leave(database, worker),
  };
}
