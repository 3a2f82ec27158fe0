import { expect } from "vitest";
import { HttpSender } from "#lib/delivery/channels/http/sender.ts";
import { openWebhook } from "#lib/delivery/channels/webhook/webhook.ts";
import { PATIENCE_MS } from "#lib/delivery/waves.ts";
import { NEVER_MS } from "#tests/hang-guard.ts";
import { ByteReceiver } from "../delivery/byte-receiver.ts";
import { onEach, states } from "../delivery/each-store.ts";
import type { Office } from "../delivery/world.ts";
import { said } from "../notices/world.ts";

const NOW = "2026-03-05T10:01Z";

const ALL = 60;
const FIRST = 5;
const SECOND = 12;

/** Sixty are told of something, of whom five are in the first wave, and the first `hanging` of those hang. */
async function openWorld(office: Office, hangingCount: number) {
  const many = Array.from({ length: ALL }, (_, index) => office.subscription(`s${index}`, `number-${index}`));
  await office.subscriptions.add(many, 0);
  await office.publish({ a: said("2026-03-05T10:00Z investigating Sign-in fails for many customers.") }, NOW);
  const { query } = office.database;
  const rows = await query.selectFrom("delivery").select(["id", "subscription"]).orderBy("id").execute();
  for (const [index, { id }] of rows.entries()) {
    const wave = index < FIRST ? 0 : index < FIRST + SECOND ? 1 : 2;
    await query.updateTable("delivery").set({ wave }).where("id", "=", id).execute();
  }
  const hung = new Set(rows.slice(0, hangingCount).map(({ subscription }) => subscription.replace("s", "number-")));
  const [healthy, hanging] = [await new ByteReceiver().listen(), await new ByteReceiver().listen()];
  hanging.mode = "hang";
  const sender = new HttpSender({ allowPrivateTargets: true, timeoutMs: NEVER_MS, now: Date.now });
  const webhook = openWebhook(sender, Date.now);
  let [ahead, looks] = [0, 0];
  const worker = office.work({
    clock: () => Date.now() + ahead,
    queue: (queue) => ({
      ...queue,
      waveState: async (...asked) => {
        const progress = await queue.waveState(...asked);
        looks += 1;
        return progress;
      },
    }),
    send: (message, ...signals) => {
      const host = hung.has(message.to) ? hanging : healthy;
      const body = `whsec_${Buffer.from("a secret of this test").toString("base64")}\n${message.body}`;
      return webhook.send({ ...message, to: `${host.httpUrl}/${message.to}`, body }, ...signals);
    },
  });
  return {
    healthy,
    hanging,
    /** Moves the clock, once the worker has seen that all of the wave is taken. */
    later: async () => {
      const seen = looks;
      await expect.poll(() => looks).toBeGreaterThan(seen + 1);
      ahead += PATIENCE_MS + 1_000;
    },
    async [Symbol.asyncDispose]() {
      hanging.letGo();
      await worker.stop(0);
      await sender.close();
      for (const receiver of [healthy, hanging]) await receiver[Symbol.asyncDispose]();
    },
  };
}

onEach("a first wave of which all but one hang holds up nobody else for longer than it may", async (open) => {
  const office = await open();
  await using world = await openWorld(office, FIRST - 1);
  await expect.poll(() => [world.hanging.whole, world.healthy.whole]).toEqual([FIRST - 1, 1]);
  await world.later();
  // In the second wave the same four are waited for once more.
  await expect.poll(() => world.healthy.whole).toBe(SECOND + 1);
  const told = { accepted: SECOND + 1, sending: FIRST - 1, queued: ALL - FIRST - SECOND };
  await expect.poll(() => states(office)).toEqual(told);
  await world.later();
  await expect.poll(() => world.healthy.whole).toBe(ALL - FIRST + 1);
  expect(office.alarms).toEqual([]);
});

onEach("in place of a first wave that hangs as a whole as many others are told first", async (open) => {
  const office = await open();
  await using world = await openWorld(office, FIRST);
  await expect.poll(() => world.hanging.whole).toBe(FIRST);
  await world.later();
  await expect.poll(() => states(office)).toMatchObject({ accepted: FIRST, sending: FIRST });
  // They went well: the rest of the second wave is told, and then everybody.
  await world.later();
  await expect.poll(() => world.healthy.whole).toBe(SECOND);
  await world.later();
  await expect.poll(() => world.healthy.whole).toBe(ALL - FIRST);
  expect(office.alarms).toEqual([]);
});
