import { expect, test } from "vitest";
import { parseEntry } from "#lib/content/parse/entry.ts";
import { isSoak } from "#tests/soak.ts";
import { timed } from "#tests/stopwatch.ts";

/** The front matter of a file with some hostile keys after its title. */
function front(keys: string): string {
  return `---\ntitle: Hostile\n${keys}\n---\n`;
}

/** As much of a text repeated as fits into front matter; half of it in the suite. */
function fill(text: string, size = isSoak ? 295_000 : 150_000): string {
  return text.repeat(Math.floor(size / text.length));
}

const BOMBS: readonly (readonly [name: string, text: string])[] = [
  ["a hundred thousand opening brackets", front(`tags: ${"[".repeat(100_000)}`)],
  ["a hundred thousand brackets, closed", front(`tags: ${"[".repeat(100_000)}${"]".repeat(100_000)}`)],
  ["braces within braces", front(`tags: ${fill("{a: ")}`)],
  ["dashes within dashes", front(`tags:\n  ${fill("- ")}a`)],
  ["keys within keys", front(`tags:\n  ${fill("? ")}a`)],
  [
    "a mapping a thousand levels deep",
    front(Array.from({ length: 800 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")),
  ],
  ["forty thousand unknown keys", front(Array.from({ length: 40_000 }, (_, index) => `k${index}: x`).join("\n"))],
  ["one key eighty thousand times", front(fill("a: 1\n"))],
  [
    "five thousand updates",
    front(`updates:\n${"  - at: 2026-03-02\n    status: resolved\n    body: x\n".repeat(5000)}`),
  ],
  ["updates that are all wrong", front(`updates:\n${"  - at: x\n    stat: y\n".repeat(1000)}`)],
  ["items that are empty", front(`updates:\n${fill("  -\n")}`)],
  ["a list without an end", front(`tags: [${fill("a,")}]`)],
  [
    "components without an end",
    front(`components: {${Array.from({ length: 30_000 }, (_, n) => `k${n}: x`).join(",")}}`),
  ],
  ["a quotation mark that is never closed", front(`a: "${fill("b\n")}`)],
  ["aliases of one anchor", front(`a: &a x\n${fill("b: *a\n")}`)],
  ["aliases of nothing", front(`tags: [${fill("*a,")}]`)],
  ["tags on everything", front(`tags: [${fill("!!x a,")}]`)],
  ["anchors on everything", front(`tags: [${fill("&a a,")}]`)],
  ["comments and nothing else", front(fill("#\n"))],
  ["colons in a row", front(fill("a: "))],
  ["tabs before everything", front(fill("\t- a\n"))],
  ["backslashes", front(`a: "${fill("\\")}"`)],
  ["empty lines in a text", front(`a: |\n${fill("\n")}`)],
  ["documents without an end", front(fill("...\n"))],
  ["directives of YAML", front(fill("%A\n"))],
  ["a time of 300,000 digits", front(`started: ${"9".repeat(300_000)}`)],
  ["a span of spans", front(`started: ${fill("2026-01-01/")}`)],
  ["a title without an end", `---\ntitle: ${fill("a")}\n---\n`],
  ["an address without an end", front(`actions: [{ title: a, url: "https://${fill("a.")}" }]`)],
  ["fences in a row", "---\n".repeat(200_000)],
  ["half a million fences that are none", "---x\n".repeat(200_000)],
  ["a line of dashes", "-".repeat(900_000)],
  ["front matter that is larger than any", front(`a: ${"b ".repeat(450_000)}`)],
  ["the year one", front("started: 0001-01-01")],
  ["the last year of four digits", front("started: 9999-12-31")],
];

/** Far more than any takes; what is not refused takes minutes. */
const MOST_MS = 10_000;

test.each(BOMBS)("%s is refused soon", (_name, text) => {
  const bytes = new TextEncoder().encode(text);
  const { result, ms } = timed(() => parseEntry("a.md", bytes, "Europe/Copenhagen"));
  const { entry, problems } = result;
  expect(ms).toBeLessThan(MOST_MS);
  // Some are harmless: what they repeat says nothing.
  expect(entry?.title === "Hostile").toBe(problems.length === 0);
  expect(problems.length).toBeLessThan(70);
  for (const { message, remedy, place } of problems) {
    expect(message.length).toBeLessThan(200);
    expect(remedy.length).toBeLessThan(250);
    expect(place.line).toBeGreaterThan(0);
  }
});

test("brackets nested to any depth never overflow the stack", () => {
  for (let depth = 2; depth < 20_000; depth = Math.ceil(depth * (isSoak ? 1.3 : 2))) {
    const text = front(`tags: ${"[".repeat(depth)}${"]".repeat(depth)}`);
    expect(parseEntry("a.md", new TextEncoder().encode(text), "UTC").problems).not.toEqual([]);
  }
});

test("a file one byte too large is refused by its size, and one that just fits is read", () => {
  const text = "---\ntitle: A\nstarted: 2026-03-02\n---\n";
  const fitting = new TextEncoder().encode(text + "a".repeat(1_000_000 - text.length));
  expect(parseEntry("a.md", fitting, "UTC").problems).toEqual([]);
  const larger = new Uint8Array(1_000_001).fill(97);
  expect(parseEntry("a.md", larger, "UTC").problems.map(({ rule }) => rule)).toEqual(["too-large"]);
});
