import type { KyselyPlugin } from "kysely";
import { expect } from "vitest";
import type { Answer, Message, OpenSeal } from "#lib/model/delivery.ts";
import { CHANNELS, type ChannelName } from "#lib/model/subscription.ts";
import { lift } from "#lib/store/halts.ts";
import { openSeals } from "#lib/store/queue.ts";
import { waveState } from "#lib/store/waves.ts";
import { kindsIn, noting, onEach, states } from "../delivery/each-store.ts";
import { type Office, plainChannel } from "../delivery/world.ts";
import { said } from "../notices/world.ts";

const NOW = "2026-03-05T10:01Z";
const OPENED = { a: said("2026-03-05T10:00Z investigating Sign-in fails for many customers in Europe.") };
const ACCEPTED: Answer = { outcome: "accepted", detail: "200" };

async function subscribed(office: Office, many: number): Promise<void> {
  await office.subscriptions.add(
    Array.from({ length: many }, (_, index) => office.subscription(`s${index}`, `number ${index}`)),
    0,
  );
  await office.publish(OPENED, NOW);
}

const sealStates = async (office: Office) =>
  (await office.database.query.selectFrom("seal").select("state").execute()).map(({ state }) => state);

onEach("what fails is stopped by its answers, not by the next look, and nothing more is taken", async (open) => {
  const office = await open();
  await subscribed(office, 49);
  const got: string[] = [];
  // It would look again only in an hour.
  const worker = office.work({
    send: noting(got, { outcome: "refused", detail: "400" }),
    settings: { pollMs: 3_600_000 },
  });
  await expect.poll(() => sealStates(office)).toEqual(["stopped"]);
  await worker.stop(100);
  expect(got.length).toBeGreaterThanOrEqual(10);
  expect(got.length).toBeLessThanOrEqual(32);
  expect(office.alarms).toEqual([expect.stringContaining("was stopped on webhook")]);
});

onEach("a notice that a message halted stays halted although the store cannot take the halt", async (open) => {
  const office = await open();
  await subscribed(office, 10);
  const got: string[] = [];
  let looks = 0;
  let composed = 0;
  const worker = office.work({
    send: noting(got, ACCEPTED),
    settings: { concurrency: Object.fromEntries(CHANNELS.map((name) => [name, 1])) as Record<ChannelName, number> },
    dependencies: {
      compose: (...all) => {
        composed += 1;
        const message = plainChannel.compose(...all);
        return composed === 1 ? { ...message, to: "somebody else" } : message;
      },
    },
    queue: (plain) => ({
      ...plain,
      openSeals: () => {
        looks += 1;
        return plain.openSeals();
      },
      halt: () => Promise.reject(new Error("The store is away.")),
    }),
  });
  await expect.poll(() => office.errors.map(String)).toEqual(["Error: The store is away."]);
  const since = looks;
  await expect.poll(() => looks).toBeGreaterThan(since + 10);
  await worker.stop(100);
  expect(got).toEqual([]);
  expect(await states(office)).toEqual({ queued: 10 });
});

/** A receiver that holds everything, and heeds what holds it. */
function holding(left: (message: Message) => boolean) {
  const answers: ((answer: Answer) => void)[] = [];
  const send = (message: Message, hold: AbortSignal) =>
    new Promise<Answer>((done) => {
      answers.push(done);
      if (!left(message)) hold.addEventListener("abort", () => done({ outcome: "unsent", detail: "It was stopped." }));
    });
  return { answers, send };
}

onEach("once another worker stops a notice, what has not left does not, and what has is waited for", async (open) => {
  const office = await open();
  await subscribed(office, 10);
  const { answers, send } = holding(({ to }) => to === "number 1");
  const worker = office.work({ send });
  await expect.poll(() => answers.length).toBe(10);
  await office.database.query.updateTable("seal").set({ state: "stopped", why: "too much failed" }).execute();
  await expect.poll(() => states(office)).toEqual({ queued: 9, sending: 1 });
  for (const answer of answers) answer(ACCEPTED);
  await expect.poll(() => states(office)).toEqual({ queued: 9, accepted: 1 });
  await worker.stop(100);
});

onEach("a worker that is told to stop lets nothing more leave, and waits for what has", async (open) => {
  const office = await open();
  await subscribed(office, 10);
  const { answers, send } = holding(({ to }) => to === "number 1");
  const worker = office.work({ send });
  await expect.poll(() => answers.length).toBe(10);
  const stopping = worker.stop(120_000);
  await expect.poll(() => states(office)).toEqual({ queued: 9, sending: 1 });
  for (const answer of answers) answer(ACCEPTED);
  await stopping;
  expect(await states(office)).toEqual({ queued: 9, accepted: 1 });
});

onEach("a worker that is told to stop while it looks does not sleep over it", async (open) => {
  const office = await open();
  const [looking, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const worker = office.work({
    send: noting([], ACCEPTED),
    settings: { pollMs: 3_600_000 },
    queue: (queue) => ({
      ...queue,
      async openSeals() {
        looking.resolve();
        await goOn.promise;
        return await queue.openSeals();
      },
    }),
  });
  await looking.promise;
  const stopping = worker.stop(100);
  goOn.resolve();
  await stopping;
  expect(office.errors).toEqual([]);
});

onEach("a notice that was halted by its seal goes on once that halt is lifted", async (open) => {
  const office = await open();
  await subscribed(office, 5);
  const got: string[] = [];
  let isBroken = true;
  const worker = office.work({
    send: noting(got, ACCEPTED),
    dependencies: {
      compose: (rendering, recipient, id) => {
        const message = plainChannel.compose(rendering, recipient, id);
        return isBroken ? { ...message, to: "somebody else" } : message;
      },
    },
  });
  await expect.poll(() => kindsIn(office)).toContain("halted");
  await expect.poll(() => states(office)).toEqual({ queued: 5 });
  expect(got).toEqual([]);
  isBroken = false;
  // The worker has to have seen that the halt stands in the store, or it would keep its own.
  await worker.idle();
  expect(await lift(office.database, { at: 0, by: "tester" })).toBeGreaterThan(0);
  await expect.poll(() => states(office)).toEqual({ accepted: 5 });
  await worker.stop(100);
});

onEach("to lift what is not halted is no entry in the ledger", async (open) => {
  const office = await open();
  expect(await lift(office.database, { at: 0, by: "tester" })).toBe(0);
  expect(await kindsIn(office)).not.toContain("resumed");
});

for (const [state, progress] of [
  ["queued", "untaken"],
  ["sending", "unanswered"],
] as const)
  onEach(`a delivery that becomes ${state} while a wave is looked at makes that ${progress}`, async (open) => {
    const office = await open();
    await subscribed(office, 3);
    const [seal] = (await openSeals(office.database)) as [OpenSeal];
    await office.database.query.updateTable("delivery").set({ state: "accepted", attempts: 1 }).execute();
    expect(await waveState(office.database, seal)).toMatchObject({ accepted: 3 });
    let queries = 0;
    const meanwhile: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      async transformResult({ result }) {
        queries += 1;
        const first = office.database.query.selectFrom("delivery").select("id").limit(1);
        // The quick looks are over, and the one at all of them comes.
        if (queries === 3)
          await office.database.query
            .updateTable("delivery")
            .set({ state, attempts: 0 })
            .where("id", "in", first)
            .execute();
        return result;
      },
    };
    const hurried = { ...office.database, query: office.database.query.withPlugin(meanwhile) };
    expect(await waveState(hurried, seal)).toBe(progress);
    expect(queries).toBe(4);
  });
