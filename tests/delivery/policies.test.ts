import { describe, expect, test } from "vitest";
import { decideRetry } from "#lib/delivery/retry-policy.ts";
import { waveOf } from "#lib/delivery/waves.ts";
import type { ChannelName } from "#lib/model/subscription.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("what may be tried again is tried after", () => {
  const again = (channel: ChannelName, number: number, chance = 0.5, retryAfterMs = 0) =>
    decideRetry(
      { outcome: "deferred", detail: "later", retryAfterMs },
      { channel, number, endedAt: 1_000 },
      { repeatUnknown: [] },
      chance,
    );

  test.each<[ChannelName, readonly number[]]>([
    ["email", [MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR]],
    ["webhook", [5_000, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]],
  ])("ever longer times on %s, and then no more", (channel, delays) => {
    const due = delays.map((_, tried) => again(channel, tried + 1).dueAt);
    expect(due).toEqual(delays.map((delay) => 1_000 + delay));
    expect(again(channel, delays.length + 1)).toEqual({ state: "failed" });
  });

  test("a fifth less or more, by chance", () => {
    expect(again("email", 1, 0).dueAt).toBe(1_000 + 0.8 * MINUTE);
    expect(again("email", 1, 1).dueAt).toBe(1_000 + 1.2 * MINUTE);
  });

  test("as long as the other side asks for, up to a day", () => {
    expect(again("email", 1, 0.5, HOUR).dueAt).toBe(1_000 + HOUR);
    expect(again("email", 1, 0.5, 100 * HOUR).dueAt).toBe(1_000 + 24 * HOUR);
  });
});

describe("the wave of who stands at", () => {
  test.each([
    [0, 49, 2],
    [0, 50, 0],
    // At least five are in the first.
    [0.0999, 50, 0],
    [0.1, 50, 1],
    [0.0499, 100, 0],
    [0.05, 100, 1],
    [0.0099, 10_000, 0],
    [0.01, 10_000, 1],
    [0.1099, 10_000, 1],
    [0.11, 10_000, 2],
    [0.9999, 10_000, 2],
  ])("%d of %d recipients is %d", (fraction, recipients, wave) => {
    expect(waveOf(fraction, recipients)).toBe(wave);
  });
});
