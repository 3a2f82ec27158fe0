import { expect } from "vitest";
import { verify } from "#lib/delivery/ledger.ts";
import { NOTICE_CONFIG } from "#lib/model/config.ts";
import type { Answer, Message } from "#lib/model/delivery.ts";
import { halt, lift } from "#lib/store/halts.ts";
import { releaseSeals } from "#lib/store/waves.ts";
import { kindsIn, noting, onEach, states } from "../delivery/each-store.ts";
import { type Office, plainChannel } from "../delivery/world.ts";
import { said } from "../notices/world.ts";

const NOW = "2026-03-05T10:01Z";
const OPENED = { a: said("2026-03-05T10:00Z investigating Sign-in fails for many customers in Europe.") };
const ACCEPTED: Answer = { outcome: "accepted", detail: "200" };

onEach("everyone who asked gets the message once, and nobody else gets any", async (open) => {
  const office = await open();
  await office.subscribe("everything");
  await office.subscribe("api alone", { components: ["api"] });
  await office.subscribe("mail alone", { components: ["mail"] });
  await office.subscribe("reports alone", { topics: ["reports"] });
  await office.subscribe("critical alone", { leastImpact: "critical" });
  const told = await office.publish(OPENED, NOW);
  expect(told.map(({ sealed }) => sealed)).toEqual([[{ channel: "webhook", recipients: 2, needsApproval: false }]]);
  const got: string[] = [];
  const worker = office.work({
    send: noting(got, ACCEPTED),
  });
  await worker.idle();
  await worker.stop(100);
  expect(office.errors).toEqual([]);
  expect(got.sort()).toEqual(["api alone", "everything"]);
  expect(await states(office)).toEqual({ accepted: 2 });
  expect(await office.publish(OPENED, NOW)).toEqual([]);
  expect(await verify(office.database)).toEqual([]);
  const kinds = await kindsIn(office);
  expect(kinds).toEqual([...new Array(5).fill("subscribed"), "sealed", "attempted", "attempted"]);
});

onEach("a router that picks somebody who did not ask is found out before anything is sealed", async (open) => {
  const office = await open();
  await office.subscribe("mail alone", { components: ["mail"] });
  // The row says one thing to the query and another to whoever reads it with care.
  await office.database.query.updateTable("subscription").set({ components: '["mail",["api"]]' }).execute();
  await expect(office.publish(OPENED, NOW)).rejects.toThrow("did not ask");
  expect(await states(office)).toEqual({});
  expect(await office.database.query.selectFrom("notice").selectAll().execute()).toEqual([]);
});

const BROKEN: readonly [string, Parameters<Office["work"]>[0]["dependencies"]][] = [
  ["to another address", { compose: (...all) => ({ ...plainChannel.compose(...all), to: "stranger" }) }],
  [
    "with another text",
    {
      sealedText: async () => ({
        rendering: { channel: "webhook", body: "other words" },
        hash: "0",
        audience: { topic: "incidents", components: [] },
      }),
    },
  ],
  [
    "with a link of somebody else",
    {
      compose: (...all) => {
        const message = plainChannel.compose(...all);
        return { ...message, body: `${message.body} https://x/subscriptions/${"0".repeat(16)}-${"A".repeat(24)}` };
      },
    },
  ],
  [
    "with an address of somebody else",
    {
      compose: (...all) => {
        const message = plainChannel.compose(...all);
        return { ...message, body: `${message.body} someone@example.org` };
      },
    },
  ],
];

for (const [how, dependencies] of BROKEN) {
  onEach(`a message ${how} never leaves, and its notice is halted`, async (open) => {
    const office = await open();
    await office.subscribe("one");
    await office.subscribe("two");
    await office.publish(OPENED, NOW);
    const got: string[] = [];
    const worker = office.work({ dependencies, send: noting(got, ACCEPTED) });
    await worker.idle();
    await worker.stop(100);
    expect(got).toEqual([]);
    expect(await states(office)).toEqual({ queued: 2 });
    expect(office.alarms).toHaveLength(1);
    expect(office.alarms[0]).toContain("was halted before a message left");
  });
}

onEach("a notice that a message halted goes on when it is resumed, by the worker that halted it", async (open) => {
  const office = await open();
  await office.subscribe("one");
  await office.subscribe("two");
  await office.publish(OPENED, NOW);
  const got: string[] = [];
  let isBroken = true;
  const compose: typeof plainChannel.compose = (...all) => {
    const message = plainChannel.compose(...all);
    return isBroken ? { ...message, to: "somebody else" } : message;
  };
  const worker = office.work({ dependencies: { compose }, send: noting(got, ACCEPTED) });
  await expect.poll(() => office.alarms).toHaveLength(1);
  isBroken = false;
  await expect.poll(() => lift(office.database, { at: Date.now(), by: "tester" })).toBe(1);
  await expect.poll(() => states(office)).toEqual({ accepted: 2 });
  await worker.stop(100);
  expect(got.toSorted()).toEqual(["one", "two"]);
});

onEach("a halt stops what is in flight and what is queued; lifted, the rest leaves without a repeat", async (open) => {
  const office = await open();
  for (let index = 0; index < 40; index += 1) await office.subscribe(`number ${index}`);
  await office.publish(OPENED, NOW);
  const got: string[] = [];
  let isSlow = true;
  const send = (message: Message, signal: AbortSignal): Promise<Answer> =>
    new Promise((done) => {
      if (!isSlow || got.length < 10) {
        got.push(message.to);
        done(ACCEPTED);
      }
      signal.addEventListener("abort", () => done({ outcome: "unsent", detail: "stopped" }));
    });
  const worker = office.work({ send });
  await expect.poll(() => got.length).toBe(10);
  await halt(office.database, { scope: "all", why: "wrong words", at: Date.now(), by: "tester" });
  await expect.poll(() => states(office)).toEqual({ accepted: 10, queued: 30 });
  isSlow = false;
  await worker.idle();
  expect(got).toHaveLength(10);
  expect(await lift(office.database, { at: Date.now(), by: "tester" })).toBe(1);
  await expect.poll(() => states(office)).toEqual({ accepted: 40 });
  await worker.stop(100);
  expect(new Set(got).size).toBe(40);
  expect(got).toHaveLength(40);
});

onEach("the first few go first, and too many failures among them stop the rest", async (open) => {
  const office = await open();
  const many = Array.from({ length: 600 }, (_, index) => office.subscription(`s${index}`, `number ${index}`));
  await office.subscriptions.add(many, 0);
  await office.publish(OPENED, NOW);
  const got: string[] = [];
  const worker = office.work({
    send: noting(got, { outcome: "refused", detail: "550" }),
  });
  await expect.poll(() => office.alarms.length).toBe(1);
  await worker.stop(100);
  expect(got.length).toBeLessThan(30);
  expect(await releaseSeals(office.database, "stopped", { by: "tester", at: 0 })).toBe(1);
  const again = office.work({ send: noting(got, ACCEPTED) });
  await expect.poll(() => got.length).toBe(600);
  await again.idle();
  await again.stop(100);
  expect(new Set(got).size).toBe(600);
  expect(await office.database.query.selectFrom("seal").select("state").execute()).toEqual([{ state: "done" }]);
});

onEach("a large notice waits for a second person", async (open) => {
  const settings = { ...NOTICE_CONFIG, approveAbove: 1 };
  const office = await open({ settings });
  await office.subscribe("one");
  await office.subscribe("two");
  const [told] = await office.publish(OPENED, NOW);
  expect(told?.sealed[0]?.needsApproval).toBe(true);
  const got: string[] = [];
  const worker = office.work({ send: noting(got, ACCEPTED) });
  await worker.idle();
  expect(got).toEqual([]);
  await releaseSeals(office.database, "awaiting_approval", { by: "another", at: 0 });
  await expect.poll(() => got.length).toBe(2);
  await worker.stop(100);
});

onEach("what a dead worker had in its hands becomes unknown and is not sent again", async (open) => {
  const office = await open();
  for (let index = 0; index < 4; index += 1) await office.subscribe(`number ${index}`);
  await office.publish(OPENED, NOW);
  const got: string[] = [];
  const from = Date.parse(NOW) - Date.now();
  const silent = ({ to }: Message) => {
    got.push(to);
    return new Promise<Answer>(() => undefined);
  };
  office.work({ worker: "dead", send: silent, clock: () => Date.now() + from });
  await expect.poll(() => states(office)).toEqual({ sending: 4 });
  // What is claimed is handed over a moment later.
  await expect.poll(() => got.length).toBe(4);
  const hour = 3_600_000;
  const alive = office.work({ worker: "alive", send: noting(got, ACCEPTED), clock: () => Date.now() + from + hour });
  await expect.poll(() => states(office)).toEqual({ unknown: 4 });
  await alive.stop(100);
  expect(got).toHaveLength(4);
  expect(office.alarms[0]).toContain("4 messages");
});
