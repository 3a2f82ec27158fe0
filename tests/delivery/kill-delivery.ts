import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { channels } from "#lib/channels/channels.ts";
import { openDatabase } from "#lib/store/database.ts";
import { databaseOf, type Environment } from "#lib/wire/environment.ts";
import { verify } from "#lib/wire/ledger.ts";
import { vaultOf } from "#lib/wire/vault.ts";
import { said } from "#tests/notices/world.ts";
import { put, SITE } from "#tests/wire/content-folder.ts";
import { openReceivers } from "./receivers.ts";
import { Office } from "./world.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const SECRET = "a secret of these tests alone";
const DEAD_AFTER_MS = 3_000;
const EACH = 60;

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

/**
 * Tells real receivers one notice after the other through several processes, and kills one of them at a random moment of
 * each. Nothing may be lost, nothing come twice, and no more be unknown than was in its hands.
 * @throws when it does
 */
export async function killDelivering(environment: Environment, workers: number, times: number): Promise<KilledSum> {
  await using receivers = await openReceivers(5);
  put(environment.content, "site.yaml", SITE);
  const variables = {
    ...process.env,
    CANDOR_CONTENT: environment.content,
    CANDOR_DATA: environment.data,
    DATABASE_URL: environment.databaseUrl ?? "",
    CANDOR_SECRET: SECRET,
    CANDOR_PRIVATE_TARGETS: "allow",
    SMTP_URL: receivers.smtpUrl,
  };
  const run = (...words: string[]) =>
    spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...words], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
      env: variables,
    });
  const start = async () => {
    const child = run(join(ROOT, "scripts/deliver-for-tests.ts"), String(DEAD_AFTER_MS));
    await new Promise<void>((done) => child.stdout?.once("data", () => done()));
    return child;
  };
  await ended(run(join(ROOT, "bin/candor.ts"), "publish", "--quiet", "--yes"));
  await using database = await openDatabase(databaseOf(environment));
  const vault = await vaultOf(database, [SECRET]);
  const office = new Office(database, { vault, channels: [channels.email, channels.webhook] });
  await subscribe(office, receivers.hookUrl);

  const fleet = await Promise.all(Array.from({ length: workers }, start));
  const sum: KilledSum = { kills: 0, deliveries: 0, accepted: 0, unknown: 0, arrived: 0, inFlight: 0 };
  try {
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
      await sleep(Math.random() * 150);
      const index = Math.floor(Math.random() * workers);
      const victim = fleet[index] as ChildProcess;
      const end = ended(victim);
      victim.kill("SIGKILL");
      await end;
      sum.kills += 1;
      const held = await database.query
        .selectFrom("delivery")
        .select((row) => row.fn.countAll<number | string>().as("count"))
        .where("state", "=", "sending")
        .executeTakeFirstOrThrow();
      const replaced = start();
      for (;;) {
        const left = (await states()).filter(({ state }) => state === "queued" || state === "sending");
        if (left.length === 0) break;
        await sleep(50);
      }
      fleet[index] = await replaced;
      judge(await states(), Number(held.count), new Map(Map.groupBy(receivers.received, ({ id }) => id)), notice, sum);
    }
    const faults = await verify(database);
    if (faults.length > 0) throw new Error(faults.join(" "));
    return sum;
  } finally {
    for (const child of fleet) child.kill("SIGKILL");
    await Promise.all(fleet.map(ended));
  }
}

async function subscribe(office: Office, hookUrl: string): Promise<void> {
  const { subscriptions, vault } = office;
  const people = Array.from({ length: EACH }, (_, n) => {
    const channel = n % 2 === 0 ? ("email" as const) : ("webhook" as const);
    const address = channel === "email" ? `ok${n}@example.org` : `${hookUrl}/ok${n}`;
    const id = randomBytes(8).toString("hex");
    const secret = vault.lock(`whsec_${randomBytes(24).toString("base64")}`, `signing ${id}`);
    const signingSecret = channel === "email" ? null : secret;
    const subscriber = vault.pseudonym(channel, address);
    return { ...office.subscription(id, address), channel, subscriber, signingSecret };
  });
  await subscriptions.add(people, 0);
}

function judge(
  rows: readonly { readonly subscription: string; readonly state: string }[],
  inFlight: number,
  got: ReadonlyMap<string, readonly unknown[]>,
  notice: string,
  sum: KilledSum,
): void {
  if (rows.length !== EACH) throw new Error(`${rows.length} deliveries of ${notice} are there, not ${EACH}.`);
  const unknown = rows.filter(({ state }) => state === "unknown");
  if (unknown.length > inFlight) throw new Error(`${unknown.length} are unknown; ${inFlight} were in flight.`);
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
  sum.inFlight += inFlight;
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => child.once("exit", () => done()));
}
