import { expect } from "vitest";
import type { Answer, Message } from "#lib/model/delivery.ts";
import { noting, onEach, states } from "../delivery/each-store.ts";
import { said } from "../notices/world.ts";

const NOW = "2026-03-05T10:01Z";
const OPENED = { a: said("2026-03-05T10:00Z investigating Sign-in fails for many customers in Europe.") };
const ACCEPTED: Answer = { outcome: "accepted", detail: "200" };

onEach("more notices than there are places at once keep none of them waiting for ever", async (open) => {
  const office = await open();
  await office.subscribe("late");
  await office.subscribe("other");
  const concurrency = { email: 3, webhook: 3, slack: 3, discord: 3, teams: 3, webpush: 3 };
  const got: string[] = [];
  const late: Answer = { outcome: "deferred", detail: "450", retryAfterMs: 3_600_000 };
  const send = ({ to }: Message) => {
    got.push(to);
    return Promise.resolve(to === "late" ? late : ACCEPTED);
  };
  const files: Record<string, string> = {};
  for (let index = 0; index < 8; index += 1) {
    files[`number-${index}`] = said(`2026-03-05T10:00Z investigating Trouble number ${index} of this day.`);
  }
  await office.publish(files, NOW);
  const worker = office.work({ send, settings: { concurrency } });
  await expect.poll(() => got.length).toBe(16);
  // All of them are open for hours, and a newer one is not.
  await office.publish({ ...files, last: said("2026-03-05T10:00Z investigating And one more thing fails.") }, NOW);
  await expect.poll(() => got.length).toBe(18);
  await worker.stop(100);
  expect(await states(office)).toEqual({ accepted: 9, queued: 9 });
});

onEach("a text that cannot be read for a moment costs nobody a message", async (open) => {
  const office = await open();
  await office.subscribe("one");
  await office.subscribe("two");
  await office.publish(OPENED, NOW);
  let failures = 5;
  const began = Date.now();
  const got: string[] = [];
  const worker = office.work({
    send: noting(got, ACCEPTED),
    // Time runs faster: it waits for seconds before it looks again.
    clock: () => began + 100 * (Date.now() - began),
    settings: { leaseMs: 3_600_000 },
    dependencies: { leaseMs: 3_600_000 },
    queue: (queue) => ({
      ...queue,
      sealedText: (...all) => {
        failures -= 1;
        return failures < 0 ? queue.sealedText(...all) : Promise.reject(new Error("The connection was lost."));
      },
    }),
  });
  await expect.poll(() => states(office)).toEqual({ accepted: 2 });
  await worker.stop(100);
  expect(got.sort()).toEqual(["one", "two"]);
});

onEach("a clock that is set back by an hour holds up nothing that is due", async (open) => {
  const office = await open();
  await office.subscribe("one");
  await office.publish(OPENED, NOW);
  let offset = 0;
  let tries = 0;
  const worker = office.work({
    send: () => {
      tries += 1;
      return Promise.resolve(tries > 1 ? ACCEPTED : { outcome: "deferred", detail: "450" });
    },
    clock: () => Date.now() + offset,
  });
  await expect.poll(async () => (await states(office))["queued"] === 1 && tries).toBe(1);
  // It has just been looked for, and nothing was due.
  await worker.idle();
  offset = -3_600_000;
  await office.database.query.updateTable("delivery").set({ due_at: 0 }).execute();
  await expect.poll(() => states(office)).toEqual({ accepted: 1 });
  await worker.stop(100);
});
