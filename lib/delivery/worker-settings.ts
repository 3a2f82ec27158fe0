import { CHANNELS, type ChannelName } from "#lib/model/subscription.ts";
import { channels } from "./channels/channels.ts";
import type { WorkerSettings } from "./worker.ts";

/** A worker that was not heard of for so long is dead, in milliseconds. */
export const DEAD_AFTER_MS = 30_000;

/** How much is sent at a time, and how often it is looked for more. */
export const PACE: Pick<WorkerSettings, "concurrency" | "pollMs"> = {
  concurrency: Object.fromEntries(CHANNELS.map((name) => [name, channels[name].atOnce])) as Record<ChannelName, number>,
  pollMs: 150,
};
