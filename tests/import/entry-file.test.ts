import fc from "fast-check";
import { expect, test } from "vitest";
import { type NewEntry, writeEntry } from "#lib/content/import/entry-file.ts";
import { parseEntry } from "#lib/content/parse/entry.ts";

const PLAIN: NewEntry = {
  title: "Pumps stand still",
  components: { pumps: "major_outage" },
  started: "2020-01-01T10:00:00Z",
  ended: "2020-01-01/2020-01-02",
  updates: [
    { at: "2020-01-01T10:00:00Z", status: "investigating", body: "Why?" },
    { at: "~2020-01-01T11:00:00Z", status: "resolved", body: "Because:\n\n- of this\n- and that" },
  ],
  tags: ["water", "da"],
  draft: false,
  redirects: ["/issues/pumps/"],
  body: "",
};

function read(entry: NewEntry) {
  const parsed = parseEntry("2020/a.md", new TextEncoder().encode(writeEntry(entry)), "UTC");
  expect(parsed.problems).toEqual([]);
  return parsed.entry;
}

test("a file looks as a person would write it", () => {
  expect(writeEntry(PLAIN)).toBe(`---
title: Pumps stand still
components: { pumps: major_outage }
started: 2020-01-01T10:00:00Z
ended: 2020-01-01/2020-01-02
updates:
  - at: 2020-01-01T10:00:00Z
    status: investigating
    body: Why?
  - at: ~2020-01-01T11:00:00Z
    status: resolved
    body: |
      Because:

      - of this
      - and that
tags: [water, da]
redirects: [/issues/pumps/]
---
`);
});

test("long things stand on lines of their own, a long title on one", () => {
  const many = Array.from({ length: 12 }, (_, index) => `component-number-${index}`);
  const title = "Word ".repeat(50).trim();
  const text = writeEntry({
    ...PLAIN,
    title,
    components: many,
    updates: [{ at: "2020-01-01", status: "update", body: title }],
  });
  expect(text).toContain(`title: ${title}\ncomponents:\n  - component-number-0\n`);
  expect(text).toContain("    body: >-\n      Word Word");
});

test("maintenance, a report and a draft are written", () => {
  const { started: _started, ended: _ended, ...rest } = PLAIN;
  const text = writeEntry({
    ...rest,
    components: ["pumps"],
    scheduled: { start: "2020-01-01T10:00:00Z", end: "2020-01-01T11:00:00Z" },
    updates: [],
    report: { status: "final" },
    draft: true,
    body: "## Why\n\nRust.",
  });
  expect(text).toBe(`---
title: Pumps stand still
components: [pumps]
scheduled: { start: 2020-01-01T10:00:00Z, end: 2020-01-01T11:00:00Z }
report: { status: final }
tags: [water, da]
draft: true
redirects: [/issues/pumps/]
---

## Why

Rust.
`);
});

test("every text comes back as it was", () => {
  const line = fc.oneof(
    fc.string({ unit: "grapheme" }).map((text) => text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\ufffe\uffff]/gu, "")),
    fc.constantFrom(
      "- item",
      "  indented",
      "    code",
      "\tx",
      "key: value",
      "# not a comment",
      "---",
      "'quoted\"",
      "trailing  ",
      "> quote",
      "|",
      "%",
      "@",
      "`",
      "a  b",
      "*",
      "&x",
      "!y",
      "~",
      "null",
      "1.0",
      "2020-01-01",
    ),
    fc.constant(
      "A line with many words, so many that it has to be folded somewhere near its end; and then it goes on and on.",
    ),
  );
  const text = fc
    .array(line, { minLength: 1, maxLength: 8 })
    .map((lines) => lines.join("\n").trim())
    .filter((each) => each !== "" && each !== "~" && each !== "null");
  fc.assert(
    fc.property(text, text, (first, second) => {
      const entry = read({
        ...PLAIN,
        title: first.replace(/\s+/g, " ").slice(0, 200),
        updates: [{ at: "2020-01-01", status: "update", body: second }],
        body: first,
      });
      expect(entry?.title).toBe(first.replace(/\s+/g, " ").slice(0, 200).trim());
      expect(entry?.updates[0]?.body).toBe(second);
      expect(entry?.body.trim()).toBe(first);
    }),
    { numRuns: 500 },
  );
});

test("what Candor takes for nothing is made something", () => {
  expect(read({ ...PLAIN, title: "~", updates: [{ at: "2020-01-01", status: "update", body: "null" }] })).toMatchObject(
    {
      title: "~.",
      updates: [{ body: "null." }],
    },
  );
});
