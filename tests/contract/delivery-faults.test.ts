import { expect } from "vitest";
import { verify } from "#lib/delivery/ledger.ts";
import type { Answer, Message } from "#lib/model/delivery.ts";
import { halt } from "#lib/store/halts.ts";
import { kindsIn, noting, onEach, states } from "../delivery/each-store.ts";
import type { Office } from "../delivery/world.ts";
import { said } from "../notices/world.ts";

const NOW = "2026-03-05T10:01Z";
const OPENED = { a: said("2026-03-05T10:00Z investigating Sign-in fails for many customers in Europe.") };
const ACCEPTED: Answer = { outcome: "accepted", detail: "200" };

function counts(office: Office) {
  return office.database.query.selectFrom("seal").select(["accepted", "failed", "unknown"]).execute();
}

async function subscribed(office: Office, many: number): Promise<void> {
  for (let index = 0; index < many; index += 1) await office.subscribe(`number ${index}`);
  await office.publish(OPENED, NOW);
}

onEach("an interest that was changed after sealing withdraws one message and halts nothing", async (open) => {
  const office = await open();
  const changed = await office.subscribe("changed");
  await office.subscribe("other");
  await office.publish(OPENED, NOW);
  const interest = { components: ["mail"], topics: ["reports"], leastImpact: "none" } as const;
  await office.subscriptions.change(changed, interest, 0);
  const got: string[] = [];
  const worker = office.work({ send: noting(got, ACCEPTED) });
  await worker.idle();
  await worker.stop(100);
  expect(got).toEqual(["other"]);
  expect(office.alarms).toEqual([]);
  expect(await states(office)).toEqual({ accepted: 1, withdrawn: 1 });
});

onEach(
  "when the store took it and its answer was lost, nothing is counted twice and nobody is forgotten",
  async (open) => {
    const office = await open();
    await subscribed(office, 40);
    const got: string[] = [];
    let exchanges = 0;
    const worker = office.work({
      send: noting(got, ACCEPTED),
      queue: (queue) => ({
        ...queue,
        exchange: async (...all) => {
          const claimed = await queue.exchange(...all);
          exchanges += 1;
          if (exchanges % 2 === 0) throw new Error("The connection was lost after the commit.");
          return claimed;
        },
      }),
    });
    await expect.poll(() => states(office)).toEqual({ accepted: 40 });
    await worker.stop(100);
    expect(got).toHaveLength(40);
    expect(new Set(got).size).toBe(40);
    expect(await counts(office)).toEqual([{ accepted: 40, failed: 0, unknown: 0 }]);
    expect((await kindsIn(office)).filter((kind) => kind === "attempted")).toHaveLength(40);
    expect(await verify(office.database)).toEqual([]);
  },
);

onEach("a worker that was held up sends nothing that others gave up, and its late answers are heard", async (open) => {
  const office = await open();
  await subscribed(office, 16);
  let heldUp = 0;
  const answers: (() => void)[] = [];
  let areAnswered = false;
  const sent: string[] = [];
  /** Half of them leave and are answered late; half are made only when it goes on. */
  const slow = office.work({
    worker: "held up",
    clock: () => Date.now() + heldUp,
    settings: { beatMs: 1e12, leaseMs: 1e12 },
    send: ({ to }: Message) => {
      sent.push(to);
      return areAnswered ? Promise.resolve(ACCEPTED) : new Promise((done) => answers.push(() => done(ACCEPTED)));
    },
    dependencies: {
      compose: (rendering, { address, manageUrl }, id) => {
        if (sent.length >= 8) heldUp = 3_600_000;
        return { channel: rendering.channel, id, to: address, body: `${rendering.body} ${manageUrl}` };
      },
    },
  });
  await expect.poll(() => sent.length).toBeGreaterThanOrEqual(8);
  const early = sent.length;
  const other = office.work({
    worker: "other",
    send: noting(sent, ACCEPTED),
    clock: () => Date.now() + 3_600_000,
  });
  await expect.poll(async () => (await states(office))["unknown"]).toBeGreaterThanOrEqual(8);
  areAnswered = true;
  for (const answer of answers) answer();
  await other.idle();
  await slow.idle();
  await slow.stop(100);
  await other.stop(100);
  expect(new Set(sent).size).toBe(sent.length);
  const now = await states(office);
  expect(now["accepted"]).toBe(sent.length);
  expect((now["accepted"] ?? 0) + (now["unknown"] ?? 0)).toBe(16);
  expect(early).toBeLessThanOrEqual(16);
  expect(await counts(office)).toEqual([{ accepted: now["accepted"], failed: 0, unknown: now["unknown"] ?? 0 }]);
  expect(await verify(office.database)).toEqual([]);
});

onEach("nothing is taken once a halt is written down, whatever the worker knows of it", async (open) => {
  const office = await open();
  await subscribed(office, 3);
  await halt(office.database, { scope: "channel:webhook", why: "wrong words", at: 0, by: "tester" });
  const worker = office.work({
    send: () => Promise.resolve(ACCEPTED),
    queue: (queue) => ({ ...queue, halts: () => Promise.resolve([]) }),
  });
  await worker.idle();
  await worker.stop(100);
  expect(await states(office)).toEqual({ queued: 3 });
});
