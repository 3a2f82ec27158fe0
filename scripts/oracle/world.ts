import { setTimeout as sleep } from "node:timers/promises";
import type { Corrected, Halted, Subscriber } from "./evidence.ts";
import { Folder } from "./folder.ts";
import { addressOf, channelName, type Person } from "./people.ts";
import type { Plan, Step } from "./plan.ts";
import type { Ended, Product } from "./product.ts";
import { noticesUnder, recipientsOf } from "./read-ledger.ts";
import type { Log } from "./receipt.ts";
import { type Expected, Rules } from "./rules.ts";

const MINUTE = 60_000;
/** After this a halt holds everywhere, and what was in flight has been decided. */
const HALT_HOLDS_MS = 1_300;

/** A world while it lives: what has been done in it, and what the rules want of it. */
export class World {
  readonly plan: Plan;
  readonly product: Product;
  /** What the receivers have got. */
  readonly log: Log;
  readonly workers: number;
  /** Whether time can be moved on: on PostgreSQL the database's own clock decides, and where clocks are watched a leap is a wrong one. */
  readonly canPass: boolean;
  readonly folder: Folder;
  readonly rules: Rules;
  readonly expected: Expected[] = [];
  readonly halts: Halted[] = [];
  readonly corrected: Corrected[] = [];
  readonly subscribers: Subscriber[] = [];
  /** When a second person let a notice leave: the start of the command, on the machine's clock. */
  readonly approved = new Map<string, number>();
  /** Notices that nobody waits for any more. */
  readonly ended = new Set<string>();
  /** Every name that an entry had. */
  readonly slugs = new Map<string, string[]>();
  /** Every window that a maintenance had. */
  readonly windows = new Map<string, { readonly start: number; readonly end: number }[]>();

  constructor(plan: Plan, product: Product, log: Log, content: string, workers: number) {
    this.plan = plan;
    this.product = product;
    this.log = log;
    this.workers = workers;
    this.canPass = workers === 1 && !plan.isClockWatched;
    this.folder = new Folder(content, plan.components, plan.approveAbove);
    this.rules = new Rules(this.folder);
  }

  get people(): readonly Person[] {
    const left = new Set(this.subscribers.filter(({ leftAt }) => leftAt !== undefined).map(({ number }) => number));
    return this.plan.people.filter(({ number }) => !left.has(number));
  }

  now(): number {
    return Date.now() + this.product.aheadMs;
  }

  async learnSubscriptions(hosts: readonly string[]): Promise<void> {
    const { out } = await this.product.must("subscribers", "list", "--json", "--reveal");
    const ids = new Map<string, string>();
    for (const line of out.split("\n").filter((each) => each.startsWith("{"))) {
      const { id, address } = JSON.parse(line) as { id: string; address: string };
      ids.set(signed(address), id);
    }
    for (const person of this.plan.people) {
      const subscription = ids.get(signed(addressOf(person, hosts)));
      if (subscription === undefined) throw new Error(`p${person.number}z was not subscribed.`);
      this.subscribers.push({
        number: person.number,
        subscription,
        channel: channelName(person.channel),
        saysGone: saysGone(person),
      });
    }
  }
}

/** docs/guides/channels.md, “What an answer means”. */
const saysGone = ({ habit }: Person) =>
  habit.some((each) => each.kind === "answer" && (each.status === 410 || each.status === 550));

const signed = (address: string) => /\bp\d+z/.exec(address)?.[0] ?? address;

/** Does one step. */
export async function act(world: World, step: Step): Promise<void> {
  const { product } = world;
  switch (step.do) {
    case "wait":
      return sleep(step.ms);
    case "reached":
      return await reached(world, step.messages);
    case "publish":
      return await publish(world, step);
    case "halt":
      return await halt(world, step);
    case "resume":
      return await resume(world);
    case "restart":
      await product.end(step.signal);
      if (world.canPass) product.aheadMs += step.minutes * MINUTE;
      return await product.deliver(world.workers);
    case "jump": {
      const before = product.aheadMs;
      product.aheadMs = before + step.minutes * MINUTE;
      await sleep(step.forMs);
      product.aheadMs = before;
      return;
    }
    case "correct":
      return await correct(world, step);
    case "approve":
      return await approve(world);
    case "leave": {
      const who = world.subscribers[step.person];
      if (!who) return;
      const { code, until, err } = await product.run(["subscribers", "remove", who.subscription]);
      // Whose receiver said that it is gone may have been ended by that.
      if (code !== 0 && !who.saysGone) throw new Error(`p${who.number}z could not leave: ${err}`);
      if (code === 0) who.leftAt = until;
      return;
    }
    default:
  }
}

/** Nothing came in this time: nothing will. A guard, far from what it takes. */
const NOBODY_AFTER_MS = 60_000;

async function reached({ log }: World, messages: number): Promise<void> {
  const until = Date.now() + NOBODY_AFTER_MS;
  while (log.length < messages) {
    if (Date.now() > until) throw new Error(`Only ${log.length} of ${messages} messages came.`);
    await sleep(5);
  }
}

async function publish(world: World, step: Step & { do: "publish" }): Promise<void> {
  const { product, folder } = world;
  for (const change of step.changes) folder.make(change, world.now());
  folder.write();
  for (const { entry, slug, window } of folder.entries.values()) {
    const names = world.slugs.get(entry) ?? [];
    if (!names.includes(slug)) world.slugs.set(entry, [...names, slug]);
    const windows = world.windows.get(entry) ?? [];
    if (window) world.windows.set(entry, [...windows, window]);
  }
  const words = ["publish", "--yes", "--by", "first", ...(step.isQuiet ? ["--quiet"] : [])];
  const people = world.people;
  const first = await product.run(words, step.killAfterMs === undefined ? {} : { killAfterMs: step.killAfterMs });
  let last: Ended = first;
  // Whoever published and was killed publishes again: it is one publication, whether the first had come through or not.
  if (first.code === undefined) last = await product.run(words);
  if (last.code !== 0) throw new Error(`It was not published: ${last.out}${last.err}`);
  const time = { from: first.from + product.aheadMs, until: last.until + product.aheadMs, isQuiet: step.isQuiet };
  world.expected.push(...world.rules.publish(folder, people, time));
}

async function halt(world: World, step: Step & { do: "halt" }): Promise<void> {
  const { product } = world;
  const notice = (await noticesUnder(product, world.slugs.get(step.entry) ?? [])).at(-1);
  if (step.scope === "notice" && notice === undefined) return;
  // Nobody may have been told of it under its newest name yet.
  const slug = await nameTold(world, step.entry);
  if (step.scope === "incident" && slug === undefined) return;
  const words = {
    all: [],
    channel: ["--channel", step.channel],
    incident: ["--incident", slug ?? ""],
    notice: ["--notice", notice ?? ""],
  }[step.scope];
  const { from, until, out } = await product.must("halt", "--json", ...words);
  const { reach } = JSON.parse(out) as { reach: readonly Reach[] };
  await sleep(Math.max(0, from + HALT_HOLDS_MS - Date.now()));
  const askedAt = Date.now();
  const waiting = new Set<string>();
  for (const id of new Set(reach.filter(isOpen).map((one) => one.notice.id))) {
    for (const { subscription, state } of await recipientsOf(product, id)) {
      if (state === "queued") waiting.add(`${id}.${subscription}`);
    }
  }
  const { scope, channel, entry } = step;
  world.halts.push({
    scope,
    channel,
    entry,
    notice,
    from,
    until,
    liftedAt: Number.POSITIVE_INFINITY,
    waiting,
    askedAt,
  });
}

/** The newest name of an entry under which anybody was told of it. */
async function nameTold({ product, slugs }: World, entry: string): Promise<string | undefined> {
  for (const slug of slugs.get(entry)?.toReversed() ?? []) {
    if ((await noticesUnder(product, [slug])).length > 0) return slug;
  }
  return undefined;
}

/** What `halt --json` says of a notice on a channel. */
interface Reach {
  readonly notice: { readonly id: string };
  readonly counts: { readonly queued: number; readonly sending: number };
}

const isOpen = ({ counts }: Reach) => counts.queued + counts.sending > 0;

/** Lets everything go on; a notice that stopped by itself goes on too. */
export async function resume(world: World): Promise<void> {
  const at = Date.now();
  for (const each of world.halts) each.liftedAt = Math.min(each.liftedAt, at);
  await world.product.must("resume", "--all", "--yes");
}

/** Lets everything leave that waits for a second person. */
export async function approve({ product, approved }: World): Promise<void> {
  const { out } = await product.must("ledger");
  for (const [, notice = ""] of out.matchAll(/^([0-9a-z]{24}) {2}.*\n +\w+, waits for a second person/gm)) {
    if (approved.has(notice)) continue;
    approved.set(notice, Date.now());
    await product.approve(notice);
  }
}

async function correct(world: World, { entry, marker }: Step & { do: "correct" }): Promise<void> {
  const { product } = world;
  const notice = (await noticesUnder(product, world.slugs.get(entry) ?? [])).at(-1);
  if (notice === undefined) return;
  const done = await product.must("correct", notice, "-m", `That was not right. ${marker}`, "--yes", "--by", "first");
  const ahead = product.aheadMs;
  world.corrected.push({
    notice,
    marker,
    from: done.from + ahead,
    until: done.until + ahead,
    realFrom: done.from,
    realUntil: done.until,
  });
}
