import type { WorkerSettings } from "./worker.ts";

/** A worker that was not heard of for so long is dead, in milliseconds. */
export const DEAD_AFTER_MS = 30_000;

/** How much is sent at a time, and how often it is looked for more. */
export const PACE: Pick<WorkerSettings, "concurrency" | "pollMs"> = {
  concurrency: { email: 40, webhook: 256, slack: 16, discord: 16, teams: 16, webpush: 64 },
  pollMs: 150,
};
