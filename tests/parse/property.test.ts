import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { parseEntry } from "#lib/content/parse/entry.ts";
import { timed } from "#tests/stopwatch.ts";

const INCIDENTS = resolve(import.meta.dirname, "../../incidents");
const GOOD = [
  "2017/2017-08-23-updates-reached-the-wrong-screens.md",
  "2019/2019-09-03-passwords-sent-to-their-own-customers.md",
  "2026/2026-11-08-accounts-database-upgrade.md",
].map((file) => readFileSync(join(INCIDENTS, file), "utf8"));

/** What does not hold, of what must hold whatever the bytes are. */
function wrongWith(bytes: Uint8Array): string[] {
  const { result, ms } = timed(() => parseEntry("any.md", bytes, "Europe/Copenhagen"));
  const { entry, problems } = result;
  const wrong = ms < 10_000 ? [] : ["It took longer than ten seconds."];
  if ((entry === undefined) !== problems.length > 0) wrong.push("It is neither read nor refused.");
  const lines = new TextDecoder().decode(bytes).split("\n");
  for (const { place, message, remedy } of problems) {
    const line = lines[place.line - 1];
    const isInside = line !== undefined && place.column >= 1 && place.column <= line.length + 1;
    if (!isInside) wrong.push(`${place.line}:${place.column} is not in the file.`);
    // What stands in the file is quoted, and may be any word.
    const own = message.replace(/“[^”]*”/g, "");
    if (/undefined|NaN|\[object/.test(own) || remedy === "") wrong.push(message);
  }
  return wrong;
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

test("any bytes are read or refused", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      expect(wrongWith(bytes)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("any text is read or refused, also between fences", () => {
  const text = fc.string({ unit: "binary", maxLength: 500 });
  const yamlish = fc.string({ unit: fc.constantFrom(..."ab:-[]{}'\"|>&*!?#%@`,~ \n\t\\".split("")), maxLength: 200 });
  fc.assert(
    fc.property(fc.oneof(text, yamlish), fc.boolean(), (inner, isFenced) => {
      expect(wrongWith(encode(isFenced ? `---\n${inner}\n---\n` : inner))).toEqual([]);
    }),
    { numRuns: 1500 },
  );
});

test("any value anywhere in the front matter is read or refused", () => {
  const keys = [
    "title",
    "impact",
    "components",
    "started",
    "ended",
    "updates",
    "scheduled",
    "report",
    "actions",
    "tags",
  ];
  const value = fc.jsonValue({ maxDepth: 4 });
  fc.assert(
    fc.property(
      fc.dictionary(fc.oneof(fc.constantFrom(...keys, "at", "status", "body"), fc.string()), value),
      (values) => {
        const yaml = stringify({ title: "A", ...values }, { aliasDuplicateObjects: false });
        expect(wrongWith(encode(`---\n${yaml}---\n`))).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
});

/** A change to a text: some characters taken out, put in or swapped. */
const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat({ max: 20 }),
  insert: fc.oneof(
    fc.constant(""),
    fc.string({ unit: fc.constantFrom(..."-:[]{}'\"|>&*!#`, \n\t\\~/T+Z0129".split("")), maxLength: 6 }),
  ),
});

test("a good file that was damaged is read or refused", () => {
  fc.assert(
    fc.property(fc.constantFrom(...GOOD), fc.array(mutation, { minLength: 1, maxLength: 6 }), (text, mutations) => {
      let damaged = text;
      for (const { at, length, insert } of mutations) {
        const from = Math.floor(at * damaged.length);
        damaged = damaged.slice(0, from) + insert + damaged.slice(from + length);
      }
      expect(wrongWith(encode(damaged))).toEqual([]);
    }),
    { numRuns: 700 },
  );
});

test("a good file with two of its lines swapped is read or refused", () => {
  fc.assert(
    fc.property(fc.constantFrom(...GOOD), fc.nat(60), fc.nat(60), (text, one, other) => {
      const lines = text.split("\n");
      const [a = "", b = ""] = [lines[one], lines[other]];
      lines[one] = b;
      lines[other] = a;
      expect(wrongWith(encode(lines.join("\n")))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
