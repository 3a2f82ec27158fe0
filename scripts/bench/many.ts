import { setTimeout as sleep } from "node:timers/promises";
import { openVault } from "#lib/access/vault.ts";
import { attemptDependencies } from "#lib/delivery/attempt-dependencies.ts";
import { channels } from "#lib/delivery/channels/channels.ts";
import { openEmail } from "#lib/delivery/channels/email/transport.ts";
import { HttpSender } from "#lib/delivery/channels/http/sender.ts";
import { openWebhook } from "#lib/delivery/channels/webhook/webhook.ts";
import { openQueueClient } from "#lib/delivery/queue-client.ts";
import { LAST_WAVE } from "#lib/delivery/waves.ts";
import { PACE } from "#lib/delivery/worker-settings.ts";
import type { Notice } from "#lib/model/notice.ts";
import { sealNotice } from "#lib/publishing/seal.ts";
import { openDatabase } from "#lib/store/database.ts";
import type { Database } from "#lib/store/dialect.ts";
import { noticeOf } from "#tests/channels/notice.ts";
import { Office } from "#tests/delivery/world.ts";

/** What is measured in a process of its own, so that its memory is its own; another one has subscribed all before. */
export interface Order {
  readonly part: "subscribe" | "measure";
  readonly location: string;
  readonly channel: "email" | "webhook";
  readonly subscribers: number;
  /** So many of the last wave are waited for; the rest stays in the queue. */
  readonly deliveries: number;
  readonly smtp: number;
  readonly http: readonly number[];
}

export interface Report {
  readonly sealMs: number;
  /** Deliveries a second, each of them guarded and in the ledger, once the first waves are out and the program is warm. */
  readonly rate: number;
  /** The most that the process has ever had, in MB. */
  readonly memoryMb: number;
}

const PAGE = 20_000;

/** Seals one notice for all who are subscribed, and delivers a part of it to real receivers. */
async function measure({ location, channel, deliveries, smtp }: Order): Promise<Report> {
  await using database = await openDatabase(location);
  const office = officeOf(database, channel);
  const notice: Notice = { ...noticeOf("incident_updated"), madeAt: Date.now() };
  const began = performance.now();
  await database.transaction(async (transaction) => {
    await transaction
      .insertInto("notice")
      .values({
        id: notice.id,
        key: notice.key,
        kind: notice.kind,
        event: notice.event.id,
        slug: notice.event.slug,
        snapshot: null,
        corrects: null,
        made_at: notice.madeAt,
        made_by: "bench",
        data: JSON.stringify(notice),
      })
      .execute();
    const teller = { ...office.teller, settings: { ...office.teller.settings, approveAbove: 1e9 } };
    await sealNotice(database, transaction, teller, notice, [channels[channel].render(notice)]);
  });
  const sealMs = performance.now() - began;
  const rate = await deliver(office, { location, deliveries, smtp });
  return { sealMs, rate, memoryMb: process.resourceUsage().maxRSS / 1_024 };
}

/** The same vault for both processes. */
function officeOf(database: Database, channel: Order["channel"]): Office {
  return new Office(database, { channels: [channels[channel]], vault: openVault(["secret"], Buffer.alloc(32, 1)) });
}

async function subscribe({ location, channel, subscribers, http }: Order): Promise<void> {
  await using database = await openDatabase(location);
  const office = officeOf(database, channel);
  const { subscriptions, vault } = office;
  for (let from = 0; from < subscribers; from += PAGE) {
    const page = Array.from({ length: Math.min(PAGE, subscribers - from) }, (_, index) => {
      const n = from + index;
      const id = n.toString(16).padStart(16, "0");
      const port = http[n % http.length];
      const address = channel === "email" ? `customer${n}@example.org` : `http://127.0.0.1:${port}/${n}`;
      const secret = channel === "email" ? null : vault.lock("whsec_c2l4dGVlbiBieXRlcyBvaw==", `signing ${id}`);
      const subscriber = vault.pseudonym(channel, address);
      return { ...office.subscription(id, address), channel, subscriber, signingSecret: secret };
    });
    await subscriptions.add(page, 0);
  }
}

async function deliver(
  office: Office,
  { location, deliveries, smtp }: Pick<Order, "location" | "deliveries" | "smtp">,
): Promise<number> {
  const from = { name: "Example Cloud", address: "notices@status.example.com" };
  const email = openEmail({ smtpUrl: `smtp://127.0.0.1:${smtp}`, folder: "unused", from: () => from, now: Date.now });
  const sender = new HttpSender({ allowPrivateTargets: true, now: Date.now });
  const { sealedText: _, ...dependencies } = attemptDependencies({
    vault: office.vault,
    transports: { email, webhook: openWebhook(sender, Date.now) },
    sealedText: () => Promise.reject(new Error("The worker's own is used.")),
    policy: { repeatUnknown: [] },
    siteUrl: () => "https://status.example.com",
    clock: Date.now,
    leaseMs: 60_000,
  });
  const { ledgerKey } = office.vault;
  const place = { location, worker: "bench", deadAfterMs: 120_000, ledgerKey };
  const queue = openQueueClient(place, () => []);
  const worker = office.work({
    send: dependencies.send,
    dependencies: { ...dependencies, sealedText: queue.sealedText },
    queue: () => queue,
    settings: { ...PACE, leaseMs: 60_000, beatMs: 5_000 },
  });
  const first = await reached(office, 0, LAST_WAVE);
  const began = performance.now();
  const rate = ((await reached(office, first + deliveries)) - first) / ((performance.now() - began) / 1_000);
  await worker.stop(1_000);
  await queue.close();
  if (office.errors.length > 0) throw office.errors[0];
  await email.close();
  await sender.close();
  return rate;
}

/** Waits until as many have arrived and a wave may leave. @returns how many have */
async function reached(office: Office, wanted: number, wantedWave = 0): Promise<number> {
  for (;;) {
    await sleep(20);
    const seal = await office.database.query
      .selectFrom("seal")
      .select(["accepted", "failed", "unknown", "recipients", "wave", "why"])
      .executeTakeFirstOrThrow();
    if (seal.failed + seal.unknown > 0) throw new Error(`Something did not arrive. ${seal.why ?? ""}`);
    const isLong = seal.accepted >= Math.min(wanted, seal.recipients);
    if (isLong && seal.wave >= wantedWave) return seal.accepted;
  }
}

process.once("message", (order: Order) => {
  (order.part === "measure" ? measure(order) : subscribe(order)).then(
    (report) => process.send?.(report ?? null, () => process.disconnect()),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
});
