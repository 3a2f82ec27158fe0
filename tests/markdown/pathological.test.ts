import { expect, test } from "vitest";
import { findExcess } from "#lib/markdown/limits.ts";
import { markdownToText } from "#lib/markdown/parse.ts";
import { checkTexts, incident } from "#tests/check/check-texts.ts";
import { PATHOLOGICAL } from "#tests/fixtures/hostile/pathological.ts";
import { timed } from "#tests/stopwatch.ts";
import { toHtml } from "./html-text.ts";

/** No step may keep the processor busy for longer, in milliseconds. Far more than any takes; what is not refused takes minutes. */
const LIMIT = 10_000;

function soon<T>(work: () => T): T {
  const { result, ms } = timed(work);
  expect(ms).toBeLessThan(LIMIT);
  return result;
}

test.each(Object.entries(PATHOLOGICAL))("%s are refused or shown, and soon", (_name, text) => {
  const file = incident("started: 2026-03-02", `\n${text}\n`);
  const { problems, entries } = soon(() => checkTexts({ "a.md": file }));
  const [entry] = entries;
  if (entry) {
    soon(() => toHtml(entry.body));
    soon(() => markdownToText(entry.body, "en"));
    return;
  }
  const heavy = problems.find(({ rule }) => rule === "heavy-text");
  expect(heavy?.message ?? problems[0]?.rule).toMatch(/more than| too deeply |^unknown-directive$/i);
});

/** The most of something that is still taken. */
function most(make: (count: number) => string): string {
  let [good, bad] = [0, 120_000];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (findExcess([make(middle)])) bad = middle;
    else good = middle;
  }
  expect(good).toBeGreaterThan(0);
  return make(good);
}

const repeated = (text: string) => (count: number) => text.repeat(count);
const twice = (before: string, after: string) => (count: number) => before.repeat(count) + after.repeat(count);

test.each<readonly [name: string, make: (count: number) => string]>([
  ["emphasis within emphasis", twice("*a _b ", " c_ d*")],
  ["emphasis of three asterisks", twice("***a ", " b***")],
  ["strikes within emphasis", twice("*a ~b ", " c~ d*")],
  ["emphasis that never ends", repeated("*a_ ")],
  ["closing brackets", repeated("]")],
  ["images within images", twice("![a", "](b)")],
  ["images thirty deep", repeated("![a".repeat(30) + "](b)".repeat(30))],
  ["links", repeated("[a](b) ")],
  ["code", repeated("`a` ")],
  ["quotes ninety-nine deep", repeated(`${"> ".repeat(99)}a\n`)],
  ["lists ninety-nine deep", repeated(`${"- ".repeat(99)}a\n`)],
  ["lists ten deep", repeated(`${"- ".repeat(10)}a\n`)],
  ["elements", twice("<div>", "</div>")],
  ["elements of text that never end", repeated("<b>")],
  ["line breaks", repeated("<br>")],
  ["underlined headings", repeated("a\n=\n")],
  ["headings", repeated("# a\n")],
  ["quotes one below the other", repeated("> a\n\n")],
  ["numbers one below the other", repeated("1. a\n\n")],
  ["tasks", repeated("- [ ] a\n")],
  ["a wide table", (count) => `|${"a|".repeat(count)}\n|${"-|".repeat(count)}\n|a\n`],
  ["a long table", (count) => `|a|b|\n|-|-|\n${"|a|b|\n".repeat(count)}`],
  ["small tables", repeated("|a|b|\n|-|-|\n|a|b|\n\n")],
  ["addresses", repeated("www.a ")],
  ["references to a footnote", (count) => `[^1]: a\n\n${"[^1]".repeat(count)}`],
  ["code in a language", repeated("```cpp\nint main(a b) { return a < b; }\n```\n")],
  ["one block of code", (count) => `\`\`\`cpp\n${"import a ".repeat(count)}\n\`\`\`\n`],
])("as many %s as are taken are shown soon", (_name, make) => {
  const text = most(make);
  soon(() => toHtml(text));
});

test("a rich postmortem is far from every limit", () => {
  const section = `## What happened

The [index](https://example.com/index) was **empty** from 09:12, see \`index.size\` and [the outage](b.md).

| Time  | What we saw      | What we did |
| ----- | ---------------- | ----------- |
${"| 09:12 | an_error_rate of 3 % | nothing |\n".repeat(10)}
${"- [x] a task, and the reason why\n".repeat(5)}
\`\`\`json
${'{ "hosts": ["a_1", "b_2"], "state": [[1, 2], [3, 4]] }\n'.repeat(10)}\`\`\`

> [!NOTE]
> Nothing was lost.[^1]

`;
  expect(findExcess([section.repeat(20), "An update.", "Another."])).toBeUndefined();
});

test("limits hold for all texts of a file together, and name the text that passes them", () => {
  const long = "word ".repeat(15_000);
  expect(findExcess([long])).toBeUndefined();
  expect(findExcess([long, long])).toMatchObject({
    text: 1,
    offset: 0,
    message: expect.stringContaining("100,000 characters"),
  });
  expect(findExcess(["a\n".repeat(2500), `b\n${"c\n".repeat(600)}`])).toMatchObject({ text: 1, offset: 1000 });
});

test("a rule, an indented line of code and prose with brackets are no depth", () => {
  expect(
    findExcess(["---\n***\n- - - - - - - -\n", `${" ".repeat(60)}code`, "[a] ".repeat(100), "(((((((((("]),
  ).toBeUndefined();
});
