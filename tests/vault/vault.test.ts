import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openVault } from "#lib/access/vault.ts";

const root = randomBytes(32);
const vault = openVault(["first secret"], root);

test("what is locked comes out again, and never stands in the open", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 12 }), (text) => {
      const locked = vault.lock(text, "address one");
      expect(locked).not.toContain(text);
      expect(vault.open(locked, "address one")).toBe(text);
      expect(vault.lock(text, "address one")).not.toBe(locked);
    }),
  );
});

test("what is locked for one subscription opens for no other", () => {
  const locked = vault.lock("ada@example.com", "address one");
  expect(() => vault.open(locked, "address two")).toThrow();
});

test("one changed letter is noticed", () => {
  const locked = vault.lock("ada@example.com", "address one");
  const last = locked.at(-3) === "A" ? "B" : "A";
  expect(() => vault.open(`${locked.slice(0, -3)}${last}${locked.slice(-2)}`, "address one")).toThrow();
});

test("a changed secret opens what the former one locked, and says that it is stale", () => {
  const locked = vault.lock("ada@example.com", "address one");
  const changed = openVault(["second secret", "first secret"], root);
  expect(changed.open(locked, "address one")).toBe("ada@example.com");
  expect(changed.isStale(locked)).toBe(true);
  expect(changed.isStale(changed.lock("x", "y"))).toBe(false);
  expect(changed.tokenHolder(vault.token("sub1"))).toBe("sub1");
  expect(() => openVault(["second secret"], root).open(locked, "address one")).toThrow("CANDOR_SECRET");
});

test("a pseudonym outlives the secret, and differs by channel and by root", () => {
  const name = vault.pseudonym("email", "ada@example.com");
  expect(openVault(["second secret"], root).pseudonym("email", "ada@example.com")).toBe(name);
  expect(vault.pseudonym("webhook", "ada@example.com")).not.toBe(name);
  expect(openVault(["first secret"], randomBytes(32)).pseudonym("email", "ada@example.com")).not.toBe(name);
});

test("nobody makes another's token", () => {
  const token = vault.token("sub1");
  expect(vault.tokenHolder(token)).toBe("sub1");
  expect(vault.tokenHolder(token.replace("sub1", "sub2"))).toBeUndefined();
  for (const bad of ["", "-", "sub1", "sub1-", `${token}A`, "💥"]) expect(vault.tokenHolder(bad)).toBeUndefined();
  expect(openVault(["second secret"], root).tokenHolder(token)).toBeUndefined();
});

test("a proof holds for its parts and no others", () => {
  const proof = vault.proof("a", "b");
  expect(vault.isProof(proof, "a", "b")).toBe(true);
  expect(vault.isProof(proof, "ab")).toBe(false);
  expect(vault.isProof(proof, "a", "b", "")).toBe(false);
});
