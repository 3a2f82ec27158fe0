import fc from "fast-check";
import { expect, test } from "vitest";
import type { AttemptDependencies } from "#lib/delivery/attempt.ts";
import { channels } from "#lib/delivery/channels/channels.ts";
import type { Message, Recipient } from "#lib/model/delivery.ts";
import { openDatabase } from "#lib/store/database.ts";
import { countOf, isSoak } from "#tests/soak.ts";
import { IsolationWorld, nothing } from "./isolation.ts";
import { plans } from "./isolation-plans.ts";
import { openPost } from "./post.ts";
import { openReceivers } from "./receivers.ts";
import { Office } from "./world.ts";

const WORLDS = countOf("random worlds of recipients", 30, 150);

/** `npm run soak -- isolation` does the same ten thousand times. */
test("in every random world each message reaches exactly the one it is for", async () => {
  await using receivers = await openReceivers();
  await using post = openPost(receivers);
  const sum = nothing();
  const property = fc.asyncProperty(plans, (plan) => IsolationWorld.run(post, plan, sum));
  // Other worlds in each soak. So few as in the suite may by chance be all quiet: those of this seed are not.
  const seed = isSoak ? Date.now() % 1_000_000 : 2;
  await fc.assert(property, { numRuns: WORLDS, seed });
  process.stdout.write(`Seed ${seed}: ${JSON.stringify(sum)}\n`);
  expect(sum.worlds).toBe(WORLDS);
  expect(sum.received).toBeGreaterThan(WORLDS / 2);
});

const compose: AttemptDependencies["compose"] = (rendering, recipient, id) =>
  channels[rendering.channel].compose(rendering, recipient, id);

/** Puts a line into what the recipient will read. */
function added(message: Message, line: string): Message {
  return { ...message, body: message.body.replace(/"(text|url)":"/, `"$1":"${line} `) };
}

/** Ways in which a program can mix up two recipients. */
const BROKEN: Readonly<Record<string, () => Partial<AttemptDependencies>>> = {
  "hands on the recipient before": () => {
    let before: Recipient | undefined;
    return {
      compose: (rendering, recipient, id) => {
        const message = compose(rendering, before?.channel === recipient.channel ? before : recipient, id);
        before ??= recipient;
        return message;
      },
    };
  },
  "puts a second recipient behind the first": () => ({
    compose: (...all) => {
      const message = compose(...all);
      return { ...message, to: `${message.to}, other@example.org` };
    },
  }),
  "says another's address": () => ({ compose: (...all) => added(compose(...all), "other@example.org") }),
  "gives another's link": () => ({
    compose: (...all) => added(compose(...all), `/subscriptions/${"0".repeat(16)}-${"A".repeat(24)}`),
  }),
  "tells other words than were sealed": () => ({
    compose: (rendering, ...rest) => compose(rendering, ...rest),
    sealedText: async (_notice, channel) => ({
      rendering: { channel, body: "{}" },
      hash: "0",
      audience: { topic: "incidents", components: [] },
    }),
  }),
};

test.each(Object.entries(BROKEN))("a program that %s is found out before anything leaves", async (_how, broken) => {
  await using receivers = await openReceivers();
  await using post = openPost(receivers);
  await using database = await openDatabase(":memory:");
  const office = new Office(database, { channels: [channels.email, channels.webhook] });
  const world = new IsolationWorld(post, office, nothing());
  const everything = { components: [], topics: ["incidents" as const], leastImpact: "none" as const };
  // The first of a channel is told rightly by the program that mixes up the next with it.
  for (const channel of ["email", "email", "webhook", "webhook"] as const) {
    await world.join({ channel, manner: "ok", interest: everything });
  }
  await world.take({ kind: "news", incident: 0, component: "api", impact: "major", isOver: false });
  const worker = world.work({ dependencies: broken() });
  await worker.idle();
  await worker.stop(100);
  for (const { to, id } of receivers.received) expect([to.length, id.split(".").length]).toEqual([1, 2]);
  expect(office.alarms.join(" ")).toContain("was halted before a message left");
  const foreign = receivers.received.filter(({ content }) => /other@example|AAAAAAAA/.test(content));
  expect(foreign).toEqual([]);
  const halts = await database.query.selectFrom("halt").select("halted_by").execute();
  expect(halts.length).toBeGreaterThan(0);
});
