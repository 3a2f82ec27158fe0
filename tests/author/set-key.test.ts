import { expect, test } from "vitest";
import { movePromise, removeKey, setBody, setKey } from "#lib/content/author/set-key.ts";

const FILE = `---
title: A # mine
scheduled: { start: 2026-11-22T10:00Z, end: "2026-11-22T11:00Z" } # planned
next_update: 2026-11-22T10:30Z
updates:
  # the first
  - at: 2026-11-22T09:00Z
    status: investigating
    body: |
      x
---
Report
`;

test("a key is set in its place, or at the end, and nothing else changes", () => {
  expect(setKey(FILE, ["scheduled", "end"], "2026-11-22T12:00Z")).toBe(
    FILE.replace('"2026-11-22T11:00Z"', "2026-11-22T12:00Z"),
  );
  expect(setKey(FILE, ["expected_end"], "2026-11-22T12:00Z")).toBe(
    FILE.replace("---\nReport", "expected_end: 2026-11-22T12:00Z\n---\nReport"),
  );
  expect(setKey(FILE.replace("next_update: 2026-11-22T10:30Z", "next_update:"), ["next_update"], "30m")).toBe(
    FILE.replace("2026-11-22T10:30Z", "30m"),
  );
  expect(() => setKey(FILE, ["updates"], "x")).toThrow("What stands behind “updates” is no text");
});

test("a promise goes to the update it stands for, in the form that has", () => {
  expect(movePromise(FILE, 0)).toBe(
    FILE.replace("next_update: 2026-11-22T10:30Z\n", "").replace(
      "      x\n",
      "      x\n    next_update: 2026-11-22T10:30Z\n",
    ),
  );
  const flow = "---\nnext_update: 2026-11-22T10:30Z\nupdates: [{ at: 2026-11-22, status: update, body: x, }]\n---\n";
  expect(movePromise(flow, 0)).toBe(
    "---\nupdates: [{ at: 2026-11-22, status: update, body: x, next_update: 2026-11-22T10:30Z, }]\n---\n",
  );
});

test("a text is corrected where it stands, in whatever form that has", () => {
  expect(setBody(FILE, 0, "y: z")).toBe(FILE.replace("|\n      x\n", '"y: z"\n'));
  expect(setBody(FILE, 0, "one\n\ntwo")).toBe(FILE.replace("|\n      x\n", "|-\n      one\n\n      two\n"));
  const flow = "---\nupdates: [{ at: 2026-11-22, status: update, body: x }]\n---\n";
  expect(setBody(flow, 0, "a, b\nc")).toBe(flow.replace("body: x", 'body: "a, b\\nc"'));
  const plain = "---\nupdates:\n  - body: one\n      line\n    status: update # kept\n---\n";
  expect(setBody(plain, 0, "y")).toBe(plain.replace("one\n      line", "y"));
});

test("a key is removed with its lines", () => {
  expect(removeKey(FILE, "next_update")).toBe(FILE.replace("next_update: 2026-11-22T10:30Z\n", ""));
  expect(removeKey(FILE, "draft")).toBe(FILE);
});
