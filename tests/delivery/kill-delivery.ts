import { setTimeout as sleep } from "node:timers/promises";
import { verify } from "#lib/delivery/ledger.ts";
import type { Environment } from "#lib/settings/environment.ts";
import type { Database } from "#lib/store/dialect.ts";
import { releaseSeals } from "#lib/store/waves.ts";
import { said } from "#tests/notices/world.ts";
import { ByteReceiver } from "./byte-receiver.ts";
import { crashFaults } from "./crash-oracle.ts";
import { UnknownJudge, type WhyUnknown } from "./crash-unknown.ts";
import { ended, openFleet } from "./fleet.ts";

const EACH = 240;

/** What became of all the deliveries, and how many processes were killed. */
export interface KilledSum extends Record<WhyUnknown, number> {
  kills: number;
  deliveries: number;
  accepted: number;
  unknown: number;
  inFlight: number;
  /** By the receivers' own logs. */
  cameOnce: number;
  cameTwice: number;
}

export interface Killing {
  /** How many processes deliver; each of them is killed each time. */
  readonly workers: number;
  readonly times: number;
  readonly onRound?: (sum: KilledSum) => void;
}

/**
 * Tells receivers of which one is quick, one slow and one hangs of one notice after the other through several processes,
 * and kills each of them at a random moment of every one. Nothing may be lost, nothing come twice, nothing be unknown that
 * had not to be, and the ledger must say what the receivers' logs say.
 * @throws when it is not so
 */
export async function killDelivering(
  environment: Environment,
  { workers, times, onRound }: Killing,
): Promise<KilledSum> {
  await using quick = await new ByteReceiver().listen();
  await using slow = await new ByteReceiver().listen();
  await using hanging = await new ByteReceiver().listen();
  const receivers = [quick, slow, hanging];
  const hookUrls = receivers.map(({ httpUrl }) => httpUrl);
  await using fleet = await openFleet(environment, { workers, subscribers: EACH, smtpUrl: slow.smtpUrl, hookUrls });
  const { names, office, ships, start } = fleet;
  const { database } = office;
  const sum: KilledSum = {
    kills: 0,
    deliveries: 0,
    accepted: 0,
    unknown: 0,
    inFlight: 0,
    killed: 0,
    hung: 0,
    silent: 0,
    cameOnce: 0,
    cameTwice: 0,
  };
  slow.mode = "slow";
  for (let round = 1; round <= times; round += 1) {
    hanging.mode = "hang";
    const whole = () => receivers.reduce((all, receiver) => all + receiver.whole, 0);
    const before = whole();
    const now = new Date().toISOString();
    const [told] = await office.publish(
      { [`round-${round}`]: said(`${now} investigating Round ${round} of this.`) },
      now,
    );
    const notice = told?.notice.id ?? "";
    const judge = new UnknownJudge(database, notice);
    while (whole() === before) await sleep(2);
    for (const victim of ships.splice(0).toSorted(() => Math.random() - 0.5)) {
      await sleep(Math.random() * 600);
      const end = ended(victim);
      victim.kill("SIGKILL");
      await end;
      sum.kills += 1;
      await judge.look(names.get(victim));
    }
    const replaced = Promise.all(Array.from({ length: workers }, start));
    // What hangs for so long becomes unknown to those that live, too; they need a while to start.
    if (round % 5 === 2) await replaced;
    const until = Date.now() + (round % 5 === 2 ? LONG_MS : 0);
    for (; Date.now() < until; await sleep(50)) await judge.look();
    hanging.letGo();
    await untilOver(database, notice, judge);
    await replaced;
    await count(database, notice, sum);
    for (const why of await judge.reasons(receivers)) sum[why] += 1;
    sum.inFlight += judge.inFlight;
    onRound?.(sum);
  }
  const came = Map.groupBy(
    receivers.flatMap(({ arrivals }) => [...arrivals.values()].flat().flatMap(({ id }) => id ?? [])),
    (id) => id,
  );
  sum.cameOnce = [...came.values()].filter(({ length }) => length === 1).length;
  sum.cameTwice = came.size - sum.cameOnce;
  const faults = [...(await crashFaults(database, receivers)), ...(await verify(database))];
  if (faults.length > 0) throw new Error(`${faults.length} faults, among them: ${faults.slice(0, 20).join("; ")}`);
  return sum;
}

/** How long a host hangs now and then for the processes that come after those that were killed: longer than they wait for an answer. */
const LONG_MS = 17_000;

/** Waits for the end of a notice, as an operator who lets it go on and waits for no host that hung. */
async function untilOver(database: Database, notice: string, judge: UnknownJudge): Promise<void> {
  for (;;) {
    await judge.look();
    const { left } = await database.query
      .selectFrom("delivery")
      .select((row) => row.fn.countAll<number>().as("left"))
      .where("notice", "=", notice)
      .where("state", "in", ["queued", "sending"])
      .executeTakeFirstOrThrow();
    if (Number(left) === 0) return;
    // So many that nobody knows of stop a notice.
    await releaseSeals(database, "stopped", { by: "the operator", at: Date.now() });
    await database.query
      .updateTable("delivery")
      .set({ due_at: 0 })
      .where("notice", "=", notice)
      .where("state", "=", "queued")
      .execute();
    await sleep(50);
  }
}

async function count(database: Database, notice: string, sum: KilledSum): Promise<void> {
  const rows = await database.query.selectFrom("delivery").select("state").where("notice", "=", notice).execute();
  if (rows.length !== EACH) throw new Error(`${rows.length} deliveries are there, not ${EACH}.`);
  sum.deliveries += rows.length;
  sum.unknown += rows.filter(({ state }) => state === "unknown").length;
  sum.accepted += rows.filter(({ state }) => state === "accepted").length;
}
