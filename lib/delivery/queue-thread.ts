import { parentPort, workerData } from "node:worker_threads";
import { openDatabase } from "#lib/store/database.ts";
import { openQueue } from "./open-queue.ts";
import type { Answered, Asked, QueuePlace } from "./queue-client.ts";

/** The thread that a worker's store is in: it answers one question after the other, in the order they come. */
const place = workerData as QueuePlace;
const database = await openDatabase(place.location);
if (place.ledgerKey) database.ledgerKey = place.ledgerKey;
const queue = openQueue(database, place);
let answering: Promise<void> = Promise.resolve();

parentPort?.on("message", (asked: Asked | "close") => {
  answering = answering.then(() => (asked === "close" ? close() : answer(asked)));
});

async function answer({ id, call, with: given }: Asked): Promise<void> {
  try {
    // Each call goes to the function that it is named after, with what that takes: `queue-client.ts` sees to it.
    const value = await (queue[call] as (...given: readonly unknown[]) => Promise<unknown>)(...given);
    tell({ id, value });
  } catch (error) {
    tell({ id, error, code: error instanceof Error && "code" in error ? error.code : undefined });
  }
}

function tell(answered: Answered): void {
  parentPort?.postMessage(answered);
}

async function close(): Promise<void> {
  await database.close();
  parentPort?.close();
}
