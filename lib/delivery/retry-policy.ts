import type { Answer, DeliveryState } from "#lib/model/delivery.ts";
import type { ChannelName } from "#lib/model/subscription.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * How long to wait after each attempt that may be repeated. For everything over HTTP it is what Standard Webhooks
 * recommends; mail servers that say “later” (greylisting, RFC 6647) mean minutes. The schedule lives in the queue and
 * outlives any process, which is why it is a table and not a library's loop.
 */
const HTTP_DELAYS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
const MAIL_DELAYS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR];

/** The longest that another side may keep us waiting, however long it asks for. */
const LONGEST_WAIT = 24 * HOUR;

/** What an attempt may lead to besides its plain outcome. */
export interface RetryPolicy {
  /** Channels whose receivers know a repetition by its id, and which the operator lets repeat what may have arrived. */
  readonly repeatUnknown: readonly ChannelName[];
}

/** What becomes of a delivery after an attempt. `chance` is a number from 0 to 1 that spreads the repetitions. */
export function decideRetry(
  answer: Answer,
  attempt: { readonly channel: ChannelName; readonly number: number; readonly endedAt: number },
  policy: RetryPolicy,
  chance: number,
): { readonly state: DeliveryState; readonly dueAt?: number } {
  const { retryAfterMs } = answer;
  switch (answer.outcome) {
    case "accepted":
      return { state: "accepted" };
    case "refused":
    case "gone":
      return { state: "failed" };
    case "unsent":
      return { state: "queued", ...(retryAfterMs === undefined ? {} : { dueAt: attempt.endedAt + retryAfterMs }) };
    case "unknown":
      // Tried often enough, whether it arrived is as unknown as before.
      return (policy.repeatUnknown.includes(attempt.channel) && again(answer, attempt, chance)) || { state: "unknown" };
    case "deferred":
      return again(answer, attempt, chance) ?? { state: "failed" };
  }
}

/** @returns undefined when it was tried often enough */
function again(
  { retryAfterMs = 0 }: Answer,
  { channel, number, endedAt }: { readonly channel: ChannelName; readonly number: number; readonly endedAt: number },
  chance: number,
): { readonly state: DeliveryState; readonly dueAt: number } | undefined {
  const delay = (channel === "email" ? MAIL_DELAYS : HTTP_DELAYS)[number - 1];
  if (delay === undefined) return undefined;
  const spread = delay * (0.8 + 0.4 * chance);
  return { state: "queued", dueAt: endedAt + Math.round(Math.max(spread, Math.min(retryAfterMs, LONGEST_WAIT))) };
}
