import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { AttemptDependencies } from "#lib/delivery/attempt.ts";
import { attemptDependencies } from "#lib/delivery/attempt-dependencies.ts";
import { channels } from "#lib/delivery/channels/channels.ts";
import { verify } from "#lib/delivery/ledger.ts";
import type { DeliveryQueue } from "#lib/delivery/queue.ts";
import type { Worker } from "#lib/delivery/worker.ts";
import { IMPACTS, type Impact } from "#lib/model/incident.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { Interest } from "#lib/model/subscription.ts";
import { openDatabase } from "#lib/store/database.ts";
import type { Person, Plan, Step } from "./isolation-plans.ts";
import type { Post } from "./post.ts";
import type { Received } from "./receivers.ts";
import { Office } from "./world.ts";

const START = Date.parse("2026-03-05T10:00Z");

interface Member extends Person {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly signingSecret: string;
  isActive: boolean;
  /** Left or changed: what was sealed for it before may be withdrawn. */
  changedAt: number;
}

/** How much happened. */
export interface Sum {
  worlds: number;
  notices: number;
  deliveries: number;
  received: number;
  unknown: number;
  withdrawn: number;
  failed: number;
  crashes: number;
}

export const nothing = (): Sum => ({
  worlds: 0,
  notices: 0,
  deliveries: 0,
  received: 0,
  unknown: 0,
  withdrawn: 0,
  failed: 0,
  crashes: 0,
});

/** What an interest means, said a second time and in another way than the program says it. */
function asksFor({ components, topics, leastImpact }: Interest, { audience }: Notice): boolean {
  const isEnough =
    audience.impact === undefined || IMPACTS.slice(IMPACTS.indexOf(leastImpact)).includes(audience.impact);
  const overlap = new Set(components).intersection(new Set(audience.components));
  return topics.includes(audience.topic) && isEnough && (components.length === 0 || overlap.size > 0);
}

/** Never comes: where a process died. */
const never = () => new Promise<never>(() => undefined);

/** One random world, from its first subscriber to the last answer. */
export class IsolationWorld {
  readonly #post: Post;
  readonly #office: Office;
  readonly #members: Member[] = [];
  /** Who has to be accounted for: by notice and subscription, with the time of sealing. */
  readonly #expected = new Map<string, { readonly member: Member; readonly step: number }>();
  readonly #files = new Map<string, { at: number; lines: string[]; component: string; impact: Impact }>();
  readonly #workers: Worker[] = [];
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #name = randomBytes(5).toString("hex");
  readonly #began = Date.now();
  readonly #sum: Sum;
  #offset = 0;
  #step = 0;
  #made = 0;

  constructor(post: Post, office: Office, sum: Sum) {
    this.#post = post;
    this.#office = office;
    this.#sum = sum;
  }

  static async run(post: Post, plan: Plan, sum: Sum): Promise<void> {
    await using database = await openDatabase(":memory:");
    const office = new Office(database, { channels: [channels.email, channels.webhook] });
    const world = new IsolationWorld(post, office, sum);
    for (const one of plan.people) await world.join(one);
    for (const each of plan.steps) await world.take(each);
    await world.finish();
    await world.judge();
  }

  #now(): number {
    return START + this.#offset + Date.now() - this.#began;
  }

  async take(one: Step): Promise<void> {
    this.#step += 1;
    if (one.kind === "news") await this.#tell(one);
    else if (one.kind === "reword") await this.#reword();
    else if (one.kind === "join") await this.join(one.person);
    else if (one.kind === "work") for (let n = 0; n < one.workers; n += 1) this.work();
    else if (one.kind === "crash") await this.#crash(one.after);
    else await this.#alter(one);
  }

  async join({ channel, manner, interest }: Person): Promise<void> {
    const name = `${manner}${this.#members.length}x${this.#name}`;
    const address = channel === "email" ? `${name}@example.org` : `${this.#post.receivers.hookUrl}/${name}`;
    const id = randomBytes(8).toString("hex");
    const signingSecret = `whsec_${randomBytes(24).toString("base64")}`;
    const { subscriptions, vault } = this.#office;
    const locked = channel === "email" ? null : vault.lock(signingSecret, `signing ${id}`);
    const one = { ...this.#office.subscription(id, address, interest), channel, signingSecret: locked };
    await subscriptions.add([{ ...one, subscriber: vault.pseudonym(channel, address) }], this.#now());
    this.#members.push({ channel, manner, interest, id, name, address, signingSecret, isActive: true, changedAt: -1 });
  }

  async #alter(one: Extract<Step, { who: number }>): Promise<void> {
    const member = this.#members[one.who];
    if (!member?.isActive) return;
    const { subscriptions } = this.#office;
    if (one.kind === "change") {
      await subscriptions.change(member.id, one.interest, this.#now());
      Object.assign(member, { interest: one.interest });
    } else {
      if (one.kind === "leave") await subscriptions.end(member.id, "left", this.#now());
      else await subscriptions.erase(member.id, this.#now());
      member.isActive = false;
    }
    member.changedAt = this.#step;
  }

  async #tell({ incident, component, impact, isOver }: Extract<Step, { kind: "news" }>): Promise<void> {
    const slug = `incident-${incident}`;
    const file = this.#files.get(slug) ?? { at: this.#now(), lines: [], component, impact };
    this.#files.set(slug, file);
    this.#offset += 60_000;
    this.#made += 1;
    const status = isOver ? "resolved" : file.lines.length === 0 ? "investigating" : "identified";
    const words = `Number ${this.#made} of this: sign-in fails for many customers, see the page.`;
    file.lines.push(`  - { at: ${new Date(this.#now()).toISOString()}, status: ${status}, body: "${words}" }`);
    await this.#publish();
  }

  async #reword(): Promise<void> {
    for (const { lines } of this.#files.values()) {
      for (const [index, line] of lines.entries()) lines[index] = line.replace("many customers", "very many customers");
    }
    if (this.#files.size > 0) await this.#publish();
  }

  async #publish(): Promise<void> {
    const files = [...this.#files].map(([slug, { lines, component, impact }]) => [
      slug,
      `components: [${component}]\nimpact: ${impact}\nupdates:\n${lines.join("\n")}`,
    ]);
    const told = await this.#office.publish(Object.fromEntries(files), new Date(this.#now()).toISOString());
    for (const { notice } of told) {
      this.#sum.notices += 1;
      for (const member of this.#members) {
        if (!(await this.#isActive(member)) || !asksFor(member.interest, notice)) continue;
        this.#expected.set(`${notice.id}.${member.id}`, { member, step: this.#step });
      }
    }
  }

  /** A receiver that is gone ends a subscription by itself. */
  async #isActive({ id, isActive, manner }: Member): Promise<boolean> {
    if (manner !== "gone") return isActive;
    const row = await this.#office.subscriptions.byId(id);
    return row?.state === "active";
  }

  #hands(clock: () => number): Partial<AttemptDependencies> {
    const { sealedText: _, ...dependencies } = attemptDependencies({
      vault: this.#office.vault,
      transports: { email: this.#post.email, webhook: this.#post.webhook },
      sealedText: () => Promise.reject(new Error("The worker's own is used.")),
      policy: { repeatUnknown: [] },
      siteUrl: () => "https://status.example.com",
      clock,
      leaseMs: 3_600_000,
    });
    const send: AttemptDependencies["send"] = (message, signal) => {
      const sending = dependencies.send(message, signal);
      this.#underWay.add(sending);
      return sending.finally(() => this.#underWay.delete(sending));
    };
    return { ...dependencies, send };
  }

  work(
    change: { dependencies?: Partial<AttemptDependencies>; queue?: (queue: DeliveryQueue) => DeliveryQueue } = {},
  ): Worker {
    // Each has a clock of its own: a later worker's says that the dead have been dead for long.
    const offset = this.#offset;
    const clock = () => START + offset + Date.now() - this.#began;
    const dependencies = { ...this.#hands(clock), ...change.dependencies };
    const worker = this.#office.work({
      worker: randomBytes(4).toString("hex"),
      clock,
      send: dependencies.send as AttemptDependencies["send"],
      dependencies,
      settings: { pollMs: 1, beatMs: 100, leaseMs: 3_600_000 },
      ...(change.queue ? { queue: change.queue } : {}),
    });
    this.#workers.push(worker);
    return worker;
  }

  /** A worker that dies after some answers: it writes nothing down any more. */
  async #crash(after: number): Promise<void> {
    const life = { isDead: false, isIdle: false, answers: 0 };
    const { send } = this.#hands(() => this.#now()) as AttemptDependencies;
    const worker = this.work({
      dependencies: {
        send: async (message, signal) => {
          if (life.isDead) return never();
          const answer = await send(message, signal);
          life.answers += 1;
          life.isDead ||= life.answers >= after;
          return life.isDead ? never() : answer;
        },
      },
      queue: (queue) => {
        const dying = Object.entries(queue).map(([name, act]) => [
          name,
          (...all: unknown[]) => (life.isDead ? never() : (act as (...all: unknown[]) => unknown)(...all)),
        ]);
        return Object.fromEntries(dying) as DeliveryQueue;
      },
    });
    void worker.idle().then(() => {
      life.isIdle = true;
    });
    while (!(life.isDead || life.isIdle)) await sleep(1);
    if (life.isDead) {
      this.#sum.crashes += 1;
      this.#workers.splice(this.#workers.indexOf(worker), 1);
      // Long enough for the others to notice.
      this.#offset += 5_000;
    }
  }

  /** Lets others finish, however long receivers kept them waiting. */
  async finish(): Promise<void> {
    for (let round = 0; round < 15; round += 1) {
      await Promise.all(this.#workers.splice(0).map((worker) => worker.stop(1_000)));
      await Promise.all(this.#underWay);
      const rest = await this.#office.database.query
        .selectFrom("delivery")
        .select("id")
        .where("state", "in", ["queued", "sending"])
        .execute();
      if (rest.length === 0) break;
      this.#offset += 5_000 + round * 3_600_000;
      await this.work().idle();
    }
    await Promise.all(this.#workers.splice(0).map((worker) => worker.stop(1_000)));
  }

  /** @throws when anything is not as it has to be */
  async judge(): Promise<void> {
    const { database, errors, alarms } = this.#office;
    if (errors.length > 0) throw new Error(`A worker met an error: ${String(errors[0])}`);
    const alarm = alarms.find((text) => !text.startsWith("A worker died"));
    if (alarm) throw new Error(alarm);
    const mine = this.#post.receivers.received.filter(({ to }) => to.some((name) => name.includes(this.#name)));
    for (const one of mine) this.#judgeMessage(one);
    const got = Map.groupBy(mine, ({ id }) => id);
    const rows = await database.query.selectFrom("delivery").selectAll().execute();
    if (rows.length !== this.#expected.size) {
      throw new Error(`${rows.length} deliveries were sealed; ${this.#expected.size} subscribers are concerned.`);
    }
    for (const { notice, subscription, state, settled_at } of rows) {
      const key = `${notice}.${subscription}`;
      const expected = this.#expected.get(key);
      if (!expected) throw new Error(`${key} was sealed for somebody who is not concerned.`);
      const times = got.get(key)?.length ?? 0;
      const { member, step } = expected;
      const hasChanged = member.changedAt >= step || member.manner === "gone";
      const isRight =
        (state === "accepted" && times === 1) ||
        (state === "unknown" && times <= 1) ||
        (state === "failed" && times === 0 && member.manner === "gone") ||
        (state === "withdrawn" && times === 0 && hasChanged);
      if (!isRight || settled_at === null)
        throw new Error(`${key} (${member.name}) is ${state} and came ${times} times.`);
      if (state === "unknown") this.#sum.unknown += 1;
      if (state === "withdrawn") this.#sum.withdrawn += 1;
      if (state === "failed") this.#sum.failed += 1;
    }
    const faults = await verify(database);
    if (faults.length > 0) throw new Error(faults.join(" "));
    this.#sum.worlds += 1;
    this.#sum.deliveries += rows.length;
    this.#sum.received += mine.length;
    this.#post.receivers.received.splice(0);
  }

  #judgeMessage({ to, id, content }: Received): void {
    const [only = "", ...more] = to;
    const expected = this.#expected.get(id);
    if (!expected || more.length > 0) throw new Error(`${id} went to ${to.join(", ")}, who did not ask for it.`);
    const { member } = expected;
    if (only !== member.address && only !== `/${member.name}`) throw new Error(`${id} went to ${only}.`);
    const { vault } = this.#office;
    if (!content.includes(vault.token(member.id))) throw new Error(`${id} has no link of its own recipient.`);
    for (const other of this.#members) {
      if (other === member) continue;
      for (const secret of [other.name, other.id, vault.token(other.id), other.signingSecret]) {
        if (content.includes(secret)) throw new Error(`${id} to ${member.name} says ${secret} of ${other.name}.`);
      }
    }
  }
}
