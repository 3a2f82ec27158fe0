import type { Halt } from "#lib/model/delivery.ts";
import type { Database } from "#lib/store/dialect.ts";
import { type ClaimedPing, claimPings, settlePing } from "#lib/store/hub-pings.ts";
import { pingHub } from "./channels/http/hub.ts";
import type { HttpSender } from "./channels/http/sender.ts";
import { type Rounds, runEvery } from "./run-every.ts";

export interface HubDependencies {
  readonly database: Database;
  readonly sender: HttpSender;
  /** The hub, as the site names it now. */
  readonly hub: () => string | undefined;
  readonly halts: () => Promise<readonly Halt[]>;
  readonly clock: () => number;
  readonly onError: (error: unknown) => void;
  readonly onAlarm: (message: string) => void;
}

const LOOK_MS = 1_000;

/** As many are told at a time. */
const AT_ONCE = 8;
const LEASE_MS = 60_000;

const MINUTE_MS = 60_000;
/** How long to wait after each try. A hub that is away for longer is given up: its readers ask for the feed themselves. */
const DELAYS_MS = [5_000, MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 120 * MINUTE_MS, 360 * MINUTE_MS];

/** Tells the hub of what is queued, again where it could not be told, and writes into the ledger what it answered. */
export function startHub(dependencies: HubDependencies): Rounds {
  return runEvery((signal) => pingAll(dependencies, signal), { everyMs: LOOK_MS, onError: dependencies.onError });
}

async function pingAll(dependencies: HubDependencies, signal: AbortSignal): Promise<void> {
  const { clock, database, halts, hub, onAlarm } = dependencies;
  const to = hub();
  if (to === undefined) return;
  const given: string[] = [];
  while (!signal.aborted) {
    // What a hub passes on reaches people: when everything is halted, so is this.
    if ((await halts()).some(({ scope }) => scope === "all")) break;
    const claimed = await claimPings(database, { now: clock(), most: AT_ONCE, leaseMs: LEASE_MS });
    if (claimed.length === 0) break;
    const ends = await Promise.all(claimed.map((ping) => pingOne(dependencies, to, ping, signal)));
    given.push(...ends.filter((end) => end !== undefined));
  }
  const others = given.length > 1 ? ` and ${given.length - 1} more` : "";
  if (given.length > 0) onAlarm(`The hub ${to} was not told of ${given[0]}${others}. The ledger has its answers.`);
}

/** @returns the feed, where its hub is given up */

async function pingOne(
  dependencies: HubDependencies,
  hub: string,
  ping: ClaimedPing,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { clock, database, sender } = dependencies;
  const { topic, attempts: attempt } = ping;
  const { outcome, detail, retryAfterMs = 0 } = await pingHub(sender, { hub, topic, now: clock }, signal);
  const at = clock();
  // Nothing left: as if it had not been tried.
  if (outcome === "unsent") {
    await settlePing(database, ping, { state: "queued", dueAt: at + retryAfterMs, isUntried: true });
    return undefined;
  }
  const fact = { at, kind: "pinged" as const, data: { topic, hub, attempt, outcome, detail } };
  // A hub that is told twice asks for the feed twice, which harms nobody.
  const delay = outcome === "deferred" || outcome === "unknown" ? DELAYS_MS[attempt - 1] : undefined;
  if (delay !== undefined) {
    await settlePing(database, ping, { state: "queued", dueAt: at + Math.max(delay, retryAfterMs) }, fact);
    return undefined;
  }
  const isTold = outcome === "accepted";
  await settlePing(database, ping, { state: isTold ? "sent" : "failed" }, fact);
  return isTold ? undefined : topic;
}
