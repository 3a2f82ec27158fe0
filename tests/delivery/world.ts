import { randomBytes } from "node:crypto";
import { openVault, type Vault } from "#lib/access/vault.ts";
import { type AttemptDependencies, makeAttempts } from "#lib/delivery/attempt.ts";
import type { Channel } from "#lib/delivery/channels/channel.ts";
import { openQueue } from "#lib/delivery/open-queue.ts";
import type { DeliveryQueue } from "#lib/delivery/queue.ts";
import { Worker, type WorkerSettings } from "#lib/delivery/worker.ts";
import { NOTICE_CONFIG } from "#lib/model/config.ts";
import type { Answer, Message, Recipient } from "#lib/model/delivery.ts";
import { CHANNELS, type Interest } from "#lib/model/subscription.ts";
import { seal, type Teller, type Told, workOut } from "#lib/publishing/seal.ts";
import type { Database } from "#lib/store/dialect.ts";
import { SubscriptionStore } from "#lib/store/subscriptions.ts";
import { siteOf } from "#tests/compile/site-of.ts";

const ALL: Interest = { components: [], topics: ["incidents", "maintenance", "reports"], leastImpact: "none" };

/** A channel that says the least a channel can say. */
export const plainChannel: Channel = {
  name: "webhook",
  readAddress: (text) => ({ value: text }),
  mask: () => "…",
  render: (notice) => ({ channel: "webhook", body: JSON.stringify({ title: notice.event.title, kind: notice.kind }) }),
  compose: ({ channel, body }, { address, manageUrl }, id) => ({
    channel,
    id,
    to: address,
    body: `${body} ${manageUrl}`,
  }),
  letter: ({ address }, { kind }, _, id) => ({ channel: "webhook", id, to: address, body: kind }),
  atOnce: 16,
  open: () => undefined,
};

/** No machine is so busy that it holds up a worker for as long; a test that wants one taken for dead moves its clock. */
const LEASE_MS = 600_000;

export interface Settings {
  readonly send: (message: Message, signal: AbortSignal) => Promise<Answer>;
  readonly dependencies?: Partial<AttemptDependencies> | undefined;
  readonly settings?: Partial<WorkerSettings>;
  readonly clock?: () => number;
  readonly worker?: string;
  /** The queue as this worker finds it. */
  readonly queue?: (queue: DeliveryQueue) => DeliveryQueue;
}

/** A store with subscribers, where notices can be sealed and delivered. */
export class Office {
  readonly database: Database;
  readonly vault: Vault;
  readonly teller: Teller;
  readonly subscriptions: SubscriptionStore;
  readonly alarms: string[] = [];
  readonly errors: unknown[] = [];

  constructor(database: Database, teller: Partial<Teller> = {}) {
    this.database = database;
    this.vault = teller.vault ?? openVault(["secret"], randomBytes(32));
    database.ledgerKey = this.vault.ledgerKey;
    this.subscriptions = new SubscriptionStore(database);
    const settings = NOTICE_CONFIG;
    const watch = { guard: { deny: [], allow: [] }, sourceOf: () => ({ file: "a.md" }) };
    this.teller = { vault: this.vault, channels: [plainChannel], settings, watch, ...teller };
  }

  async subscribe(address: string, interest: Partial<Interest> = {}): Promise<string> {
    const id = randomBytes(8).toString("hex");
    await this.subscriptions.add([this.subscription(id, address, interest)], 0);
    return id;
  }

  subscription(id: string, address: string, interest: Partial<Interest> = {}) {
    return {
      id,
      channel: "webhook" as const,
      subscriber: this.vault.pseudonym("webhook", address),
      address: this.vault.lock(address, `address ${id}`),
      signingSecret: null,
      interest: { ...ALL, ...interest },
      state: "active" as const,
      createdAt: 0,
      confirmedAt: 0,
      source: "form",
    };
  }

  /** Publishes files at a time and seals what they tell. */
  async publish(files: Readonly<Record<string, string>>, now: string): Promise<readonly Told[]> {
    const site = siteOf(files, now);
    const telling = await workOut(this.database, this.teller, site, { isQuiet: false, before: siteOf({}, now) });
    const told = await this.database.transaction((transaction) =>
      seal(this.database, transaction, this.teller, telling, { madeBy: "tester" }),
    );
    if (!told) throw new Error("Somebody else told something meanwhile.");
    return told;
  }

  work({ send, dependencies, settings, clock = Date.now, worker = "one", queue: changed }: Settings): Worker {
    const { database, vault } = this;
    const plain = openQueue(database, { worker, deadAfterMs: 2 * LEASE_MS });
    const queue = changed ? changed(plain) : plain;
    const concurrency = Object.fromEntries(CHANNELS.map((name) => [name, 16])) as WorkerSettings["concurrency"];
    return new Worker({
      queue,
      attempts: makeAttempts({
        sealedText: queue.sealedText,
        recipientOf: (claimed, address): Recipient => ({
          subscription: claimed.subscription,
          channel: claimed.channel,
          address: vault.open(address, `address ${claimed.subscription}`),
          manageUrl: `https://status.example.com/subscriptions/${vault.token(claimed.subscription)}`,
          leaveUrl: `https://status.example.com/subscriptions/${vault.token(claimed.subscription)}/leave`,
        }),
        compose: plainChannel.compose,
        send,
        proofs: vault,
        policy: { repeatUnknown: [] },
        clock,
        leaseMs: LEASE_MS,
        chance: () => 0.5,
        ...dependencies,
      }),
      settings: { concurrency, failureLimit: 0.2, pollMs: 10, beatMs: 200, leaseMs: LEASE_MS, ...settings },
      clock,
      onError: (error) => this.errors.push(error),
      onAlarm: (message) => this.alarms.push(message),
    });
  }
}
