import { join } from "node:path";
import { expect, test } from "vitest";
import { verify } from "#lib/delivery/ledger.ts";
import { ledgerCheckpoint } from "#lib/delivery/ledger-checkpoint.ts";
import type { Answer, Message } from "#lib/model/delivery.ts";
import { countConcerned } from "#lib/store/seals.ts";
import { withdrawNotice } from "#lib/store/withdraw.ts";
import { newLocation, opened } from "../databases.ts";
import { noting, onEach, states } from "../delivery/each-store.ts";
import { Office } from "../delivery/world.ts";
import { said } from "../notices/world.ts";
import { folderWith } from "../wire/content-folder.ts";

const NOW = "2026-03-05T10:01Z";
const OPENED = { a: said("2026-03-05T10:00Z investigating Sign-in fails for many customers in Europe.") };
const ACCEPTED: Answer = { outcome: "accepted", detail: "200" };
const LATER: Answer = { outcome: "deferred", detail: "503" };

/** So many times faster than a real one; nobody is taken for dead by it. */
function fast(times: number) {
  const began = Date.now();
  return {
    clock: () => began + times * (Date.now() - began),
    settings: { leaseMs: 1e12 },
    dependencies: { leaseMs: 1e12 },
  };
}

/** On PostgreSQL: SQLite lets nobody write meanwhile. */
test("those who join and leave while a notice is sealed keep it from nobody", async () => {
  const location = await newLocation("postgres");
  const office = new Office(await opened(location));
  const { vault } = office;
  const other = new Office(await opened(location), { vault });
  const many = Array.from({ length: 12_000 }, (_, index) => office.subscription(`s${index}`, `number ${index}`));
  await office.subscriptions.add(many, 0);
  const over = new AbortController();
  const coming = (async () => {
    let joined = 0;
    for (; !over.signal.aborted; joined += 1) {
      await other.subscribe(`new ${joined}`);
      await other.subscriptions.end(`s${joined}`, "left", 0);
    }
    return joined;
  })();
  const [told] = await office.publish(OPENED, NOW).finally(() => over.abort());
  expect(await coming).toBeGreaterThan(0);
  const recipients = told?.sealed[0]?.recipients ?? 0;
  expect(Math.abs(recipients - 12_000)).toBeLessThan(1_000);
  expect(await states(office)).toEqual({ queued: recipients });
  expect(await verify(office.database)).toEqual([]);
});

onEach("what comes back to be tried again after its notice was taken back is not", async (open) => {
  const office = await open();
  for (const name of ["later", "held", "good"]) await office.subscribe(name);
  const [told] = await office.publish(OPENED, NOW);
  const { promise: gate, resolve } = Promise.withResolvers<void>();
  const got: string[] = [];
  const send = async ({ to }: Message, signal: AbortSignal): Promise<Answer> => {
    got.push(to);
    await gate;
    if (to === "good") return ACCEPTED;
    return to === "later" ? LATER : { outcome: "unsent", detail: String(signal.aborted) };
  };
  const worker = office.work({ send, ...fast(1_000) });
  await expect.poll(() => got.length).toBe(3);
  const order = { notice: told?.notice.id ?? "", why: "wrong words", by: "tester", at: 0 };
  await office.database.transaction((transaction) => withdrawNotice(office.database, transaction, order));
  resolve();
  await expect.poll(() => states(office)).toEqual({ accepted: 1, withdrawn: 2 });
  await worker.idle();
  await worker.stop(100);
  expect(got).toHaveLength(3);
  expect(await verify(office.database)).toEqual([]);
});

onEach("a few addresses that are away for days do not keep the news from everybody", async (open) => {
  const office = await open();
  await office.subscriptions.add(
    Array.from({ length: 100 }, (_, index) => office.subscription(`s${index}`, `number ${index}`)),
    0,
  );
  await office.publish(OPENED, NOW);
  const tried: string[] = [];
  const reached = new Set<string>();
  /** The first is there, and the three after it are not. */
  const send = ({ to }: Message): Promise<Answer> => {
    if (!tried.includes(to)) tried.push(to);
    if (tried.slice(1, 4).includes(to)) return Promise.resolve(LATER);
    reached.add(to);
    return Promise.resolve(ACCEPTED);
  };
  const worker = office.work({ send, ...fast(1_000) });
  await expect.poll(() => reached.size).toBe(97);
  await worker.stop(100);
  expect(office.alarms).toEqual([]);
});

onEach("where none of the first few is reached, nobody else is tried", async (open) => {
  const office = await open();
  await office.subscriptions.add(
    Array.from({ length: 100 }, (_, index) => office.subscription(`s${index}`, `number ${index}`)),
    0,
  );
  await office.publish(OPENED, NOW);
  const tried = new Map<string, number>();
  let isAway = true;
  const send = ({ to }: Message): Promise<Answer> => {
    tried.set(to, (tried.get(to) ?? 0) + 1);
    return Promise.resolve(isAway ? { ...LATER, isOurs: true } : ACCEPTED);
  };
  const worker = office.work({ send, ...fast(1_000) });
  await expect.poll(() => Math.min(...tried.values())).toBe(4);
  expect(tried.size).toBeLessThan(20);
  isAway = false;
  await expect.poll(() => states(office)).toEqual({ accepted: 100 });
  await worker.stop(100);
});

onEach(
  "whom an attempt may have reached is told when the notice was wrong, though it was tried again",
  async (open) => {
    const office = await open();
    for (const name of ["perhaps", "never"]) await office.subscribe(name);
    const [told] = await office.publish(OPENED, NOW);
    const tried: string[] = [];
    const send = ({ to }: Message): Promise<Answer> => {
      tried.push(to);
      return Promise.resolve(to === "perhaps" ? { outcome: "unknown", detail: "It hung up." } : LATER);
    };
    const policy = { repeatUnknown: ["webhook" as const] };
    const worker = office.work({ send, dependencies: { policy } });
    await expect.poll(() => states(office).then(({ queued }) => [queued, tried.length])).toEqual([2, 2]);
    await worker.stop(100);
    const notice = told?.notice;
    if (!notice) throw new Error("Nothing was told.");
    const asked = { notice, channel: "webhook" as const, onlyReachedBy: notice.id };
    expect(await countConcerned(office.database.query, asked)).toBe(1);
  },
);

onEach(
  "a mail server of ours that is away for days sets nobody aside, and an address that is away is",
  async (open) => {
    const office = await open();
    const [ours, theirs] = [await office.subscribe("ours"), await office.subscribe("theirs")];
    await office.publish(OPENED, NOW);
    const send = ({ to }: Message): Promise<Answer> =>
      Promise.resolve(to === "ours" ? { ...LATER, isOurs: true } : LATER);
    const worker = office.work({ send, ...fast(1_000_000) });
    await expect.poll(() => states(office)).toEqual({ failed: 1, withdrawn: 1 });
    await worker.stop(100);
    expect((await office.subscriptions.byId(ours))?.state).toBe("active");
    expect((await office.subscriptions.byId(theirs))?.state).toBe("quarantined");
  },
);

onEach("tried as often as may be, what may have arrived is still not known to have failed", async (open) => {
  const office = await open();
  await office.subscribe("perhaps");
  await office.publish(OPENED, NOW);
  const got: string[] = [];
  const { dependencies, ...others } = fast(1_000_000);
  const policy = { repeatUnknown: ["webhook" as const] };
  const send = noting(got, { outcome: "unknown", detail: "It hung up." });
  const worker = office.work({ send, ...others, dependencies: { ...dependencies, policy } });
  await expect.poll(() => states(office)).toEqual({ unknown: 1 });
  await worker.stop(100);
  expect(got).toHaveLength(10);
});

onEach("how far the ledger has come is kept even where nobody has made the data folder", async (open) => {
  const office = await open();
  await office.subscribe("one");
  const water = ledgerCheckpoint(office.database, join(folderWith({}), "not", "there"));
  await water.keep();
  expect(await water.isAhead()).toBe(false);
  await office.database.query.deleteFrom("ledger").execute();
  expect(await water.isAhead()).toBe(true);
});
