import { expect, test } from "vitest";
import { parseEntry } from "#lib/content/parse/entry.ts";

const MARK = "MARK";

/** The line and column at which the mark of the only update's body is said to stand, and where it stands. */
function places(body: string): [said: string, real: string] {
  const text = `---\ntitle: Places\nupdates:\n  - at: 2026-03-02\n    status: update\n    body: ${body}\n---\n\nText MARK\n`;
  const parsed = parseEntry("a.md", new TextEncoder().encode(text), "UTC");
  const offset = parsed.entry?.updates[0]?.body.indexOf(MARK) ?? -1;
  expect(offset).toBeGreaterThanOrEqual(0);
  const { line, column } = parsed.placesInText(0)(offset);
  return [`${line}:${column}`, placeOf(text)];
}

function placeOf(text: string): string {
  const before = text.slice(0, text.indexOf(MARK));
  return `${before.split("\n").length}:${before.length - before.lastIndexOf("\n")}`;
}

test.each([
  ["a plain text", "Words and MARK"],
  ["a plain text over several lines", "Words\n      that go on,\n      and MARK"],
  ["single quotes", "'It''s a word, it''s MARK'"],
  ["single quotes over several lines", "'It''s a word,\n\n      it''s MARK'"],
  ["double quotes", '"A \\"word\\" \\u00e9 \\x41 \\\\ and MARK"'],
  ["double quotes with written line ends", '"A line\\n\\nand\\tMARK"'],
  ["double quotes with a line that goes on", '"A li\\\n      ne and MARK"'],
  ["a literal text", "|\n      One\n\n        two\n      three MARK"],
  ["a literal text that begins with empty lines", "|\n\n\n      One\n      MARK"],
  ["a literal text whose indentation is given", "|2\n        One\n      MARK"],
  ["a literal text with a comment behind its bar", "| # see | here\n      One\n      MARK"],
  ["a folded text", ">-\n      One\n      two\n      three MARK"],
  ["a folded text with paragraphs", ">\n      One\n      two\n\n      three\n        four\n      MARK"],
  ["a folded text with the same words twice", ">-\n      [a](b)\n      [a](b)\n      MARK"],
  ["letters of two units", "|\n      😀 é 𝒳 MARK"],
])("a place in %s is where it was written", (_what, body) => {
  const [said, real] = places(body);
  expect(said).toBe(real);
});

test("a place in a text with line ends of Windows is where it was written", () => {
  const text =
    "---\r\ntitle: a\r\nupdates:\r\n  - at: 2026-03-02\r\n    status: update\r\n    body: |\r\n      One\r\n      MARK\r\n---\r\n";
  const parsed = parseEntry("a.md", new TextEncoder().encode(text), "UTC");
  const offset = parsed.entry?.updates[0]?.body.indexOf(MARK) ?? -1;
  expect(parsed.placesInText(0)(offset)).toEqual({ file: "a.md", line: 8, column: 7 });
});

test("a place in the report counts from the file's first line", () => {
  const text = "---\ntitle: a\nstarted: 2026-03-02\n---\n\nOne\n\n  two MARK\n";
  const parsed = parseEntry("a.md", new TextEncoder().encode(text), "UTC");
  const offset = parsed.entry?.body.indexOf(MARK) ?? -1;
  expect(parsed.placesInText("body")(offset)).toEqual({ file: "a.md", line: 8, column: 7 });
});

test("a missing value stands where what holds it stands, and a key where it is written", () => {
  const text = "---\ntitle: a\nstarted: 2026-03-02\ncomponents: { api: operational }\n---\n";
  const parsed = parseEntry("a.md", new TextEncoder().encode(text), "UTC");
  expect(parsed.placeOf(["components", "web"])).toEqual({ file: "a.md", line: 4, column: 13 });
  expect(parsed.placeOf(["updates", 3, "at"])).toEqual({ file: "a.md", line: 2, column: 1 });
  expect(parsed.placeOfKey(["components"], "api")).toEqual({ file: "a.md", line: 4, column: 15 });
  expect(parsed.placeOfKey(["components"], "web")).toEqual({ file: "a.md", line: 4, column: 13 });
});

test("in a file that could not be read every place is its beginning", () => {
  const parsed = parseEntry("a.md", new TextEncoder().encode("no fence"), "UTC");
  const top = { file: "a.md", line: 1, column: 1 };
  expect([parsed.placeOf(["title"]), parsed.placeOfKey([], "title"), parsed.placesInText("body")(5)]).toEqual([
    top,
    top,
    top,
  ]);
});
