import { setTimeout as sleep } from "node:timers/promises";
import { verify } from "#lib/delivery/ledger.ts";
import type { ReachedOne } from "#lib/model/delivery.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { recipientsOf } from "#lib/store/reach.ts";
import { said } from "#tests/notices/world.ts";
import { type Fleet, openFleet } from "./fleet.ts";
import { openReceivers, type Receivers } from "./receivers.ts";

const EACH = 1_200;

/** How halts at full speed went. */
export interface HaltedSum {
  halts: number;
  /** Of all messages, how many had arrived when the halt was over, and how many of whom nobody knew. */
  reached: number;
  notReached: number;
  unknown: number;
  /** From the start of the command, and from the halt being written down, to the last byte: the longest, in milliseconds. */
  fromCommandMs: number;
  fromHaltMs: number;
}

/**
 * Tells real receivers one notice after the other and halts everything in the middle of each, by the command. What the
 * store says of every single recipient must be what the receivers have; resumed, nobody gets anything twice.
 * @throws when it is not so
 */
export async function haltDelivering(environment: Environment, workers: number, times: number): Promise<HaltedSum> {
  await using receivers = await openReceivers(2);
  await using fleet = await openFleet(environment, {
    workers,
    subscribers: EACH,
    smtpUrl: receivers.smtpUrl,
    hookUrls: [receivers.hookUrl],
  });
  const { office, command } = fleet;
  const sum: HaltedSum = { halts: 0, reached: 0, notReached: 0, unknown: 0, fromCommandMs: 0, fromHaltMs: 0 };
  for (let round = 1; round <= times; round += 1) {
    receivers.received.splice(0);
    const now = new Date().toISOString();
    const files = { [`round-${round}`]: said(`${now} investigating Round ${round} of this.`) };
    const [told] = await office.publish(files, now);
    const notice = told?.notice.id ?? "";
    // Somewhere in the last wave, when as much is in flight as may be.
    const enough = EACH * (0.2 + 0.3 * Math.random());
    while (receivers.received.length < enough) await sleep(1);
    const began = Date.now();
    await command("halt", "--why", "wrong words");
    // Whatever would still come, comes now.
    await sleep(1_500);
    const last = Math.max(...receivers.received.map(({ at }) => at));
    const { halted_at: haltedAt } = await office.database.query
      .selectFrom("halt")
      .select("halted_at")
      .orderBy("id", "desc")
      .executeTakeFirstOrThrow();
    sum.fromCommandMs = Math.max(sum.fromCommandMs, last - began);
    sum.fromHaltMs = Math.max(sum.fromHaltMs, last - haltedAt);
    await judge({ fleet, receivers }, notice, sum);
    await command("resume", "--all", "--yes");
    while ((await states(fleet, notice)).some(({ state }) => state === "queued" || state === "sending"))
      await sleep(50);
    await judge({ fleet, receivers }, notice);
    sum.halts += 1;
  }
  const faults = await verify(office.database);
  if (faults.length > 0) throw new Error(faults.join(" "));
  return sum;
}

async function states({ office }: Fleet, notice: string): Promise<readonly ReachedOne[]> {
  const all: ReachedOne[] = [];
  for await (const one of recipientsOf(office.database, notice)) all.push(one);
  return all;
}

/** Holds what the store says of each recipient against what the receivers have. */
async function judge(
  { fleet, receivers }: { readonly fleet: Fleet; readonly receivers: Receivers },
  notice: string,
  sum?: HaltedSum,
): Promise<void> {
  const got = Map.groupBy(receivers.received, ({ id }) => id);
  const rows = await states(fleet, notice);
  if (rows.length !== EACH) throw new Error(`${rows.length} deliveries of ${notice} are there, not ${EACH}.`);
  for (const { subscription, state } of rows) {
    const times = got.get(`${notice}.${subscription}`)?.length ?? 0;
    const isRight =
      (state === "accepted" && times === 1) ||
      (state === "queued" && times === 0 && sum !== undefined) ||
      (state === "unknown" && times <= 1);
    if (!isRight) throw new Error(`${notice}.${subscription} is ${state} and came ${times} times.`);
    if (!sum) continue;
    if (state === "accepted") sum.reached += 1;
    else if (state === "queued") sum.notReached += 1;
    else sum.unknown += 1;
  }
}
