import type { Answer } from "#lib/model/delivery.ts";
import type { ChannelName } from "#lib/model/subscription.ts";

/** A channel on which nothing gets through. */
export interface FailingChannel {
  readonly channel: ChannelName;
  /** Attempts that failed since the last success. */
  readonly count: number;
  /** What went wrong the last time; no secret and no address in it. */
  readonly detail: string;
}

/** Nothing but failures for so long is a failure of the channel, in milliseconds: a server that restarts is back by then. */
const FAILING_MS = 15_000;

/** As long as nothing may fail after a success before a failing channel counts as healthy again, in milliseconds. */
const CALM_MS = 15_000;

/** As many recipients have to fail where nothing says that the fault is on our side. */
const RECIPIENTS = 3;

interface Failing {
  readonly since: number;
  count: number;
  detail: string;
  isOurs: boolean;
  readonly recipients: Set<string>;
  lastAt: number;
  isReported: boolean;
  acceptedAt?: number;
}

/**
 * Watches the answers of every channel and finds out where each attempt fails: a port that is closed, a server that does
 * not let us in, a name that cannot be resolved, a network that is down.
 */
export class ChannelHealth {
  readonly #failing = new Map<ChannelName, Failing>();
  readonly #clock: () => number;

  /** @param clock milliseconds of a clock that nobody sets */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Takes note of what became of one attempt to reach `to`. */
  observe(channel: ChannelName, to: string, { outcome, detail, isOurs }: Answer): void {
    // Neither says anything of the channel: nothing was tried, or somebody is not there any more.
    if (outcome === "unsent" || outcome === "gone") return;
    const known = this.#failing.get(channel);
    const now = this.#clock();
    if (outcome === "accepted") {
      if (!known?.isReported) this.#failing.delete(channel);
      else known.acceptedAt ??= now;
      return;
    }
    const failing = known ?? {
      since: now,
      count: 0,
      detail,
      isOurs: false,
      recipients: new Set(),
      lastAt: now,
      isReported: false,
    };
    this.#failing.set(channel, failing);
    failing.count += 1;
    failing.lastAt = now;
    failing.detail = detail;
    failing.isOurs ||= isOurs === true;
    if (failing.recipients.size < RECIPIENTS) failing.recipients.add(to);
    delete failing.acceptedAt;
  }

  /** The channels on which everything fails at this moment. */
  failing(): readonly FailingChannel[] {
    const now = this.#clock();
    const list: FailingChannel[] = [];
    for (const [channel, one] of this.#failing) {
      if (one.acceptedAt !== undefined && now - one.lastAt >= CALM_MS) {
        this.#failing.delete(channel);
        continue;
      }
      one.isReported ||= now - one.since >= FAILING_MS && (one.isOurs || one.recipients.size >= RECIPIENTS);
      if (one.isReported) list.push({ channel, count: one.count, detail: one.detail });
    }
    return list;
  }
}
