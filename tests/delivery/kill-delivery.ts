import { setTimeout as sleep } from "node:timers/promises";
import { releaseSeals } from "#lib/store/waves.ts";
import type { Environment } from "#lib/wire/environment.ts";
import { verify } from "#lib/wire/ledger.ts";
import { said } from "#tests/notices/world.ts";
import { ended, openFleet } from "./fleet.ts";

const EACH = 240;

/** What became of all the deliveries, and how many processes were killed. */
export interface KilledSum {
  kills: number;
  deliveries: number;
  accepted: number;
  unknown: number;
  /** Of the unknown, those that had arrived. */
  arrived: number;
  inFlight: number;
}

export interface Killing {
  /** How many processes deliver; each of them is killed each time. */
  readonly workers: number;
  readonly times: number;
  readonly onRound?: (sum: KilledSum) => void;
}

/**
 * Tells real receivers one notice after the other through several processes, and kills each of them at a random moment of
 * every one. Nothing may be lost, nothing come twice, and no more be unknown than was in their hands.
 * @throws when it does
 */
export async function killDelivering(
  environment: Environment,
  { workers, times, onRound }: Killing,
): Promise<KilledSum> {
  await using fleet = await openFleet(environment, { workers, subscribers: EACH, delayMs: 5 });
  const { office, receivers, ships, start } = fleet;
  const { database } = office;
  const sum: KilledSum = { kills: 0, deliveries: 0, accepted: 0, unknown: 0, arrived: 0, inFlight: 0 };
  for (let round = 1; round <= times; round += 1) {
    receivers.received.splice(0);
    const now = new Date().toISOString();
    const [told] = await office.publish(
      { [`round-${round}`]: said(`${now} investigating Round ${round} of this.`) },
      now,
    );
    const notice = told?.notice.id ?? "";
    const states = () =>
      database.query.selectFrom("delivery").select(["subscription", "state"]).where("notice", "=", notice).execute();
    while (receivers.received.length === 0) await sleep(2);
    const held = new Set<string>();
    for (const victim of ships.splice(0).toSorted(() => Math.random() - 0.5)) {
      await sleep(Math.random() * 600);
      const end = ended(victim);
      victim.kill("SIGKILL");
      await end;
      sum.kills += 1;
      for (const { subscription, state } of await states()) if (state === "sending") held.add(subscription);
    }
    const replaced = Promise.all(Array.from({ length: workers }, start));
    for (;;) {
      const left = (await states()).filter(({ state }) => state === "queued" || state === "sending");
      if (left.length === 0) break;
      // So many that nobody knows of stop a notice; an operator lets it go on.
      await releaseSeals(database, "stopped", { by: "the operator", at: Date.now() });
      await sleep(50);
    }
    await replaced;
    judge(await states(), held, new Map(Map.groupBy(receivers.received, ({ id }) => id)), notice, sum);
    onRound?.(sum);
  }
  const faults = await verify(database);
  if (faults.length > 0) throw new Error(faults.join(" "));
  return sum;
}

function judge(
  rows: readonly { readonly subscription: string; readonly state: string }[],
  inFlight: ReadonlySet<string>,
  got: ReadonlyMap<string, readonly unknown[]>,
  notice: string,
  sum: KilledSum,
): void {
  if (rows.length !== EACH) throw new Error(`${rows.length} deliveries of ${notice} are there, not ${EACH}.`);
  const unknown = rows.filter(({ state }) => state === "unknown");
  const more = unknown.filter(({ subscription }) => !inFlight.has(subscription));
  if (more.length > 0) throw new Error(`${more.length} are unknown that were not in flight when a process was killed.`);
  for (const { subscription, state } of rows) {
    const times = got.get(`${notice}.${subscription}`)?.length ?? 0;
    if (!(state === "accepted" && times === 1) && !(state === "unknown" && times <= 1)) {
      throw new Error(`${notice}.${subscription} is ${state} and came ${times} times.`);
    }
    if (state === "unknown") sum.arrived += times;
  }
  sum.deliveries += rows.length;
  sum.unknown += unknown.length;
  sum.accepted += rows.length - unknown.length;
  sum.inFlight += inFlight.size;
}
