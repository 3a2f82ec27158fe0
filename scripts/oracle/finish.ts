import { setTimeout as sleep } from "node:timers/promises";
import type { Evidence, Got, Named } from "./evidence.ts";
import type { Entry } from "./folder.ts";
import { type Line, ledgerOf, recipientsOf, recordsOf } from "./read-ledger.ts";
import { readReceipts } from "./read-receipts.ts";
import type { Log } from "./receipt.ts";
import { approve, resume, type World } from "./world.ts";

const HOUR = 3_600_000;
/** More than what a receiver had begun may take on its way here. */
const GRACE_MS = 500;
/** Nothing came to an end in this time: nothing will. A guard, far from what it takes. */
const STUCK_AFTER_MS = 60_000;

/**
 * Brings a world to its end: everything goes on, every receiver is good, hours pass until whatever is still to be tried has
 * been, the maintenances begin and end; then the workers stop, and nothing more may come.
 */
export async function finish(world: World, log: Log, hosts: readonly string[]): Promise<Evidence> {
  const { product, plan, folder } = world;
  const isGoodAt = Date.now();
  let isSettled = true;
  const pass = async (at: number) => {
    await product.end("SIGTERM");
    if (world.canPass) product.aheadMs = Math.max(product.aheadMs, at - Date.now());
    await product.deliver(world.workers);
    isSettled = (await settle(world)) && isSettled;
  };
  await resume(world);
  await pass(world.now() + 6 * HOUR);
  const lived = new Set<string>();
  // One maintenance is lived through as it would be; the others are over by then, all at once.
  const next = [...folder.entries.values()].find((entry) => entry.window && entry.window.start > world.now());
  if (next?.window && world.canPass) {
    await pass(next.window.start + 60_000);
    await pass(next.window.end + 60_000);
    lived.add(next.entry);
  }
  await product.end("SIGTERM");
  await sleep(Math.max(500, isGoodAt + longestHang(plan) + GRACE_MS - Date.now()));
  const verified = await product.run(["ledger", "--verify"]);
  const got = await readReceipts(log, plan.people, hosts);
  const { sealed, recorded } = await recordsOf(product, world.slugs, entriesIn(got, folder));
  return {
    people: world.subscribers,
    entries: [...folder.entries.values()].map((entry) => named(world, entry, lived.has(entry.entry))),
    expected: world.expected,
    corrected: world.corrected,
    halts: world.halts,
    got,
    sealed,
    recorded,
    verified: verified.code === 0 ? "" : `${verified.out}${verified.err}`,
    isSettled,
    mailIsShut: plan.requireTls,
    approved: world.approved,
    ...(plan.approveAbove === undefined ? {} : { approveAbove: plan.approveAbove }),
  };
}

/** How long the most patient receiver of a world waits before it answers or hangs up. */
function longestHang({ people }: World["plan"]): number {
  const waits = people.flatMap(({ habit }) =>
    habit.map((each) => (each.kind === "hang" ? each.forMs : each.kind === "answer" ? each.afterMs : 0)),
  );
  return Math.max(0, ...waits);
}

/** Of which entry each notice is that says so itself. */
function entriesIn(got: readonly Got[], { entries }: World["folder"]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { notice, text } of got) {
    if (notice === undefined || found.has(notice)) continue;
    const entry = [...entries.values()].find(({ title }) => text.includes(title));
    if (entry) found.set(notice, entry.entry);
  }
  return found;
}

function named(world: World, entry: Entry, isLivedThrough: boolean): Named {
  const { must, may } = world.rules.byTheClock(entry, world.plan.people);
  return {
    entry: entry.entry,
    kind: entry.kind,
    title: entry.title,
    markers: entry.updates.map(({ marker }) => marker),
    windows: world.windows.get(entry.entry) ?? [],
    mayClock: may,
    mustClock: must,
    isLivedThrough,
  };
}

/** Waits until nothing is under way any more; what stops by itself is let go on, as an operator would. */
async function settle(world: World): Promise<boolean> {
  let waiting = Number.POSITIVE_INFINITY;
  let movedAt = Date.now();
  await sleep(500);
  for (;;) {
    const now = await countWaiting(world);
    if (now === 0) return true;
    if (now !== waiting) movedAt = Date.now();
    if (Date.now() - movedAt > STUCK_AFTER_MS) return false;
    waiting = now;
    await world.product.must("resume", "--all", "--yes");
    await approve(world);
    await sleep(300);
  }
}

/** How many messages still wait that can be received by now. */
async function countWaiting(world: World): Promise<number> {
  const { product, plan, subscribers, ended } = world;
  const open = openNotices(await ledgerOf(product)).difference(ended);
  const left = new Set(subscribers.filter(({ leftAt }) => leftAt !== undefined).map((each) => each.subscription));
  let all = 0;
  for (const notice of open) {
    const waiting = (await recipientsOf(product, notice)).filter(
      ({ channel, state, subscription, attempts, dueAt = 0 }) =>
        (state === "sending" || (state === "queued" && (attempts === 0 || dueAt <= world.now()))) &&
        !(left.has(subscription) || (plan.requireTls && channel === "email")),
    );
    all += waiting.length;
    if (waiting.length === 0 && world.canPass) ended.add(notice);
  }
  return all;
}

/** Notices of which not every message has come to an end, as far as the ledger says. */
function openNotices(lines: readonly Line[]): ReadonlySet<string> {
  const open = new Map<string, number>();
  const ended = new Set<string>();
  for (const { kind, notice = "", channel, subscriber, data } of lines) {
    if (kind === "sealed") open.set(notice, (open.get(notice) ?? 0) + Number(data["recipients"]));
    const isEnd = kind === "lost" || (kind === "attempted" && data["state"] !== "queued");
    const key = `${notice} ${channel} ${subscriber}`;
    if (!isEnd || ended.has(key)) continue;
    ended.add(key);
    open.set(notice, (open.get(notice) ?? 0) - 1);
  }
  return new Set([...open].filter(([, count]) => count > 0).map(([notice]) => notice));
}
