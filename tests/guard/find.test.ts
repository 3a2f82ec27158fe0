import { expect, test } from "vitest";
import { findSecrets } from "#lib/content/secrets/find.ts";
import { DENY, PLANTED } from "./planted.ts";

const GUARD = { deny: DENY };

test("there are enough of them, and no two alike", () => {
  expect(PLANTED.length).toBeGreaterThanOrEqual(60);
  expect(new Set(PLANTED.map(({ secret }) => secret)).size).toBe(PLANTED.length);
});

test.each(PLANTED)("$name is found where it begins", ({ written, at }) => {
  const before = "We rotated it. ";
  expect(findSecrets(`${before}${written}\nNothing else.`, GUARD).map(({ offset }) => offset)).toEqual([
    before.length + at,
  ]);
});
