import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { SignUpLimits } from "#lib/web/subscriptions/limits.ts";

const from = (remoteAddress: string) => ({ headers: {}, socket: { remoteAddress } }) as unknown as IncomingMessage;

test.each([
  ["a network", "203.0.113.7", 30],
  ["a proxy that does not say for whom it asks", "127.0.0.1", 120],
])("so many forms an hour come through from %s", async (_, address, most) => {
  const limits = new SignUpLimits(() => 0);
  for (let n = 0; n < most; n += 1) expect(await limits.count(from(address))).toEqual({ delayMs: 0 });
  expect(await limits.count(from(address))).toEqual({ seconds: expect.any(Number) as number });
});

test("when everybody sends too much nobody is refused, and those who flood wait for themselves", async () => {
  let now = 0;
  const limits = new SignUpLimits(() => now);
  for (let n = 0; n < 500; n += 1) {
    expect(await limits.count(from(`2001:db8:${n.toString(16)}::1`))).toEqual({ delayMs: 0 });
  }
  const flood: unknown[] = [];
  for (let n = 0; n < 4; n += 1) flood.push(await limits.count(from(`2001:db8:ffff:${n}::1`)));
  expect(flood).toEqual([30_000, 60_000, 90_000, 120_000].map((delayMs) => ({ delayMs })));
  expect(await limits.count(from("192.0.2.1"))).toEqual({ delayMs: 30_000 });
  now = 3_600_000;
  expect(await limits.count(from("192.0.3.1"))).toEqual({ delayMs: 0 });
});
