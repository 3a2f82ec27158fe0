import { afterEach, describe, expect, test } from "vitest";
import { channels } from "#lib/delivery/channels/channels.ts";
import type { Answer, Outcome } from "#lib/model/delivery.ts";
import { NOTICE_KINDS } from "#lib/model/notice.ts";
import { noticeOf, recipientOf } from "#tests/channels/notice.ts";
import { NEVER_MS, SILENCE_MS } from "#tests/hang-guard.ts";
import { HOSTILE, hostileNotice } from "./hostile.ts";
import { httpWorld } from "./http-world.ts";
import { mailWorld } from "./mail-world.ts";
import type { Behaviour, World } from "./world.ts";

/** Every channel, by the world it is tried in. A new channel is a line here. */
const WORLDS: Readonly<Record<string, (behaviour: Behaviour, timeoutMs?: number) => Promise<World>>> = {
  email: mailWorld,
  webhook: (...how) => httpWorld("webhook", ...how),
  slack: (...how) => httpWorld("slack", ...how),
  discord: (...how) => httpWorld("discord", ...how),
  teams: (...how) => httpWorld("teams", ...how),
  webpush: (...how) => httpWorld("webpush", ...how),
};

const open: World[] = [];
afterEach(async () => {
  for (const world of open.splice(0)) await world.close();
});

const live = () => new AbortController().signal;

test("every channel there is is tried here", () => {
  expect(Object.keys(channels).toSorted()).toEqual(Object.keys(WORLDS).toSorted());
});

async function enter(world: Promise<World>): Promise<World> {
  open.push(await world);
  return world;
}

const messageTo = ({ address, channel }: World, n: number, notice = noticeOf("incident_updated")) =>
  channel.compose(channel.render(notice), recipientOf(channel.name, address(n), n), `delivery${n}`);

describe.each(Object.entries(WORLDS))("what %s says", (name, make) => {
  test("puts every kind of notice in words, the same each time", async () => {
    const { channel } = await enter(make("accept"));
    for (const kind of NOTICE_KINDS) {
      const first = channel.render(noticeOf(kind));
      expect(channel.render(noticeOf(kind))).toEqual(first);
      expect(first.channel).toBe(name);
      expect(first.body).toContain(kind.startsWith("maintenance") ? "Database moves" : "Real-time updates");
    }
  });

  test("marks a correction unmistakably", async () => {
    const { channel } = await enter(make("accept"));
    expect(channel.render(noticeOf("correction")).body).toContain("Correction");
    expect(channel.render(noticeOf("incident_updated")).body).not.toContain("Correction");
  });

  test("composes the same message each time, for one recipient, with nothing of another's", async () => {
    const world = await enter(make("accept"));
    const [one, two] = [messageTo(world, 1), messageTo(world, 2)];
    expect(messageTo(world, 1)).toEqual(one);
    expect(one.to).toBe(world.address(1));
    expect(one.id).toBe("delivery1");
    for (const secret of [world.address(2), "token-of-2", recipientOf("email", "", 2).signingSecret ?? ""])
      expect(one.body).not.toContain(secret);
    expect(two.body).not.toContain("token-of-1");
  });

  test.each(Object.keys(HOSTILE))("keeps hostile text inert: %s", async (kind) => {
    const world = await enter(make("accept"));
    const message = messageTo(world, 1, hostileNotice(kind));
    expect(message.body.length).toBeLessThan(200_000);
    expect(message.body).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|\\u202[a-e]|\\u0000/);
    expect(message.body.isWellFormed()).toBe(true);
    expect(await world.transport.send(message, live())).toMatchObject({ outcome: "accepted" });
    expect(world.received.map(({ to }) => to.length)).toEqual([1]);
  });
});

describe.each(Object.entries(WORLDS))("how %s sends", (_name, make) => {
  test("reaches the one recipient and says so", async () => {
    const world = await enter(make("accept"));
    const answers = await Promise.all([1, 2, 3].map((n) => world.transport.send(messageTo(world, n), live())));
    expect(answers.map(({ outcome }) => outcome)).toEqual(["accepted", "accepted", "accepted"]);
    expect(world.received).toHaveLength(3);
    expect(world.received.map(({ to }) => to).toSorted()).toEqual(
      [1, 2, 3].map((n) => [expect.stringContaining(String(n))]),
    );
    for (const { to, content } of world.received)
      for (const n of [1, 2, 3]) expect(content.includes(`token-of-${n}`) && !to[0]?.includes(String(n))).toBe(false);
  });

  test("goes to the address that the guard looked at, whatever else a message says", async () => {
    const world = await enter(make("accept"));
    const [mine, other] = [1, 2].map((n) => JSON.stringify(world.address(n)).slice(1, -1)) as [string, string];
    const message = messageTo(world, 1);
    const body = message.body.replaceAll(mine, other).replaceAll(world.address(1), world.address(2));
    // One that says where it goes a second time is given away by it: the first alone is looked at.
    await world.transport.send({ ...message, body }, live());
    expect(world.received.map(({ to }) => to)).toEqual([[expect.stringContaining("1")]]);
  });

  test.each([
    ["defer", "deferred"],
    ["refuse", "refused"],
    ["gone", "gone"],
    ["drop", "unknown"],
  ] as const satisfies [Behaviour, Outcome][])(
    "of a receiver that would “%s” it says “%s”",
    async (behaviour, outcome) => {
      const world = await enter(make(behaviour));
      const answer = await world.transport.send(messageTo(world, 1), live());
      expect(answer).toMatchObject({ outcome });
      expect(answer.detail.length).toBeLessThanOrEqual(500);
      expect(answer.detail).not.toContain(world.address(1));
      // Never twice, whatever a library would do by itself.
      expect(world.received.length).toBeLessThanOrEqual(1);
    },
  );

  test("does not know what became of content that was never answered", async () => {
    const world = await enter(make("stall", SILENCE_MS));
    const answer = await world.transport.send(messageTo(world, 1), live());
    expect(answer).toMatchObject({ outcome: "unknown" });
  });

  test("stops at once: unsent before the content left, unknown after", async () => {
    const world = await enter(make("stall", NEVER_MS));
    expect(await world.transport.send(messageTo(world, 1), AbortSignal.abort())).toMatchObject({ outcome: "unsent" });
    const halt = new AbortController();
    const sending = world.transport.send(messageTo(world, 1), halt.signal);
    await expect.poll(() => world.received.length).toBe(1);
    halt.abort();
    expect(await sending).toMatchObject({ outcome: "unknown" });
  });

  test("goes on when a receiver that was away comes back", async () => {
    const world = await enter(make("drop"));
    await world.transport.send(messageTo(world, 1), live());
    const again: Answer = await world.transport.send(messageTo(world, 2), live());
    expect(again.outcome).toBe("unknown");
    expect(world.received).toHaveLength(2);
  });
});
