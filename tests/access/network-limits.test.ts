import { expect, test } from "vitest";
import { NetworkLimits } from "#lib/access/limits/network-limits.ts";

/** How many of these addresses are let through, one act each. */
async function passing(addresses: readonly string[], limits = new NetworkLimits({ acts: 10, seconds: 60 })) {
  const all = await Promise.all(addresses.map((address) => limits.take(address)));
  return all.filter((one) => "count" in one).length;
}

const hex = (n: number) => n.toString(16);
const many = (of: (n: number) => string) => Array.from({ length: 100 }, (_, n) => of(n));

test.each([
  ["a /64", many((n) => `2001:db8:0:1::${hex(n)}`), 10],
  ["a /56, from as many /64", many((n) => `2001:db8:0:${hex(n)}::1`), 20],
  ["a /48, from as many /56", many((n) => `2001:db8:0:${hex(n * 256)}::1`), 40],
  ["as many /48", many((n) => `2001:db8:${hex(n)}::1`), 100],
  ["a /24", many((n) => `203.0.113.${n}`), 10],
  ["a /24 written as IPv6", many((n) => `::ffff:203.0.113.${n}`), 10],
  ["as many /24", many((n) => `203.0.${n}.1`), 100],
])("so much comes through from %s", async (_, addresses, expected) => {
  expect(await passing(addresses)).toBe(expected);
});

test("who was refused by a wide network has not used up the budget of a narrow one, and is told when to come back", async () => {
  const limits = new NetworkLimits({ acts: 1, seconds: 60 });
  expect(
    await passing(
      many((n) => `2001:db8:0:${hex(n * 256)}::1`),
      limits,
    ),
  ).toBe(4);
  const refused = await limits.take("2001:db8:0:4200::1");
  expect(refused).toEqual({ seconds: expect.any(Number) as number });
  expect(await limits.take("2001:db8:1::1")).toEqual({ count: 1 });
});
