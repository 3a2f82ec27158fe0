import { expect, test } from "vitest";
import { type ParsedEntry, parseEntry, slugOf } from "#lib/content/parse/entry.ts";

function parse(text: string, zone = "UTC"): ParsedEntry {
  return parseEntry("2026/a-name.md", new TextEncoder().encode(text), zone);
}

function rules(text: string): string[] {
  return parse(text).problems.map(({ rule, place }) => `${rule} ${place.line}:${place.column}`);
}

const FULL = `---
title: Real-time updates reached the wrong televisions
impact: critical
components:
  tv-routing: major_outage
  notifications: partial_outage
started: 2017-08-23T11:05:14+02:00
detected: 2017-08-23T11:06:23+02:00
ended: 2017-08-23T11:06:28+02:00
updates:
  - at: 2017-08-23T11:06:28+02:00
    status: resolved
    body: "The release is rolled back."
    components: { tv-routing: operational }
  - at: 2017-08-23
    status: update
    body: |
      Two lines
      of text.
report: { status: preliminary, due: 2017-09-06, published: ~2017-08-24 }
actions:
  - { title: Route by screen, owner: Team, due: 2017-10-01, done: 2017-09-20, url: "https://example.com/1" }
tags: [release, "1.10", no]
draft: true
redirects: [/issues/old/]
---

## Summary
`;

test("a file with every key is read as it was written", () => {
  const { entry, problems } = parse(FULL);
  expect(problems).toEqual([]);
  expect(entry).toMatchObject({
    slug: "a-name",
    file: "2026/a-name.md",
    title: "Real-time updates reached the wrong televisions",
    impact: "critical",
    components: { "tv-routing": "major_outage", notifications: "partial_outage" },
    started: { kind: "instant", at: Date.parse("2017-08-23T09:05:14Z"), offset: 120, precision: "second" },
    detected: { at: Date.parse("2017-08-23T09:06:23Z") },
    ended: { at: Date.parse("2017-08-23T09:06:28Z") },
    updates: [
      { status: "resolved", body: "The release is rolled back.", components: { "tv-routing": "operational" } },
      { at: { kind: "day", on: "2017-08-23" }, status: "update", body: "Two lines\nof text.", components: {} },
    ],
    report: { status: "preliminary", due: { on: "2017-09-06" }, published: { on: "2017-08-24", approximate: true } },
    actions: [
      {
        title: "Route by screen",
        owner: "Team",
        due: { on: "2017-10-01" },
        done: { on: "2017-09-20" },
        url: "https://example.com/1",
      },
    ],
    tags: ["release", "1.10", "no"],
    draft: true,
    redirects: ["/issues/old/"],
    body: "\n## Summary\n",
  });
});

test("what was left out is empty, and what says nothing counts as left out", () => {
  const { entry } = parse(
    "---\ntitle: Short\nimpact:\ncomponents: ~\nstarted: 2026-03-02\nended: null\ntags: []\n---\n \n",
  );
  expect(entry).toMatchObject({
    components: {},
    updates: [],
    actions: [],
    tags: [],
    redirects: [],
    draft: false,
    body: "",
  });
  for (const key of ["impact", "ended", "detected", "scheduled", "report"]) expect(entry).not.toHaveProperty(key);
});

test("no word is taken for a truth, a number or a date", () => {
  const { entry } = parse("---\ntitle: no\nstarted: 2026-03-02\ntags: [yes, 0x1F, 1e3, .inf, 2026-03-02]\n---\n");
  expect(entry?.title).toBe("no");
  expect(entry?.tags).toEqual(["yes", "0x1F", "1e3", ".inf", "2026-03-02"]);
});

test("a list of components has ids without effects", () => {
  expect(parse("---\ntitle: A list\nstarted: 2026-03-02\ncomponents: [api, web]\n---\n").entry?.components).toEqual({
    api: null,
    web: null,
  });
});

test("a scheduled window makes it maintenance, with the offsets that were written", () => {
  const window = "scheduled: { start: 2026-11-08T22:00+01:00, end: 2026-11-09T02:00 }";
  expect(parse(`---\ntitle: Work\n${window}\n---\n`, "Asia/Kolkata").entry?.scheduled).toMatchObject({
    start: { at: Date.parse("2026-11-08T21:00:00Z"), offset: 60 },
    end: { at: Date.parse("2026-11-08T20:30:00Z"), offset: 330 },
  });
});

test("line ends of Windows and a byte order mark change nothing but themselves", () => {
  const { entry, problems } = parse(`\ufeff${FULL.replaceAll("\n", "\r\n")}`);
  expect(problems).toEqual([]);
  expect(entry?.updates[1]?.body).toBe("Two lines\nof text.");
  expect(entry?.title).toBe(parse(FULL).entry?.title);
});

test("a rule in the report does not end it, and spaces behind a fence are none", () => {
  const { entry } = parse("---  \ntitle: Rules\nstarted: 2026-03-02\n--- \nAbove\n\n---\n\nBelow\n");
  expect(entry?.body).toBe("Above\n\n---\n\nBelow\n");
});

test("a fence needs no line end behind it", () => {
  expect(parse("---\ntitle: The end\nstarted: 2026-03-02\n---").entry?.title).toBe("The end");
});

test("front matter that another program would close with dots is not closed", () => {
  expect(rules("---\ntitle: Dots\nstarted: 2026-03-02\n...\nText\n")).toEqual(["front-matter-fence 1:1"]);
  expect(rules("---\ntitle: Dots\n...\nstarted: 2026-03-02\n---\n")).toEqual(["yaml-syntax 4:1"]);
});

test("only a line feed makes a line: other separators do not open or close a fence", () => {
  expect(parse('---\ntitle: "A\u2028---\u2028b"\nstarted: 2026-03-02\n---\nBody').entry?.body).toBe("Body");
});

test("a plain or empty front matter is not a mapping", () => {
  expect(rules("---\n---\n")).toEqual(["wrong-type 2:1"]);
  expect(rules("---\njust words\n---\n")).toEqual(["wrong-type 2:1"]);
});

test("a misspelt key is told of once, also where it was needed", () => {
  expect(
    rules("---\ntitle: Two slips\nupdates:\n  - At: 2026-03-02\n    stauts: resolved\n    body: Done.\n---\n"),
  ).toEqual(["unknown-key 4:5", "unknown-key 5:5"]);
});

test("several mistakes in one file are all told of", () => {
  const text =
    "---\nimpact: huge\nstarted: soon\nupdates:\n  - at: 2026-03-02\n    status: fixed\n    body: x\ntags: a\n---\n";
  expect(rules(text).sort()).toEqual([
    "bad-time 3:10",
    "missing-key 2:1",
    "unknown-value 2:9",
    "unknown-value 6:13",
    "wrong-type 8:7",
  ]);
});

test.each([
  ["tags: [a, ~]", "Tag 2 is empty."],
  ["tags:\n  - a\n  -\n", "Tag 2 is empty."],
  ["updates:\n  -\n", "Update 1 is empty."],
  ["updates: [done]", "Update 1 is a text, not a mapping."],
  ["tags: [[a]]", "Tag 1 is a list, not a text."],
  ["title: { a: b }", "“title” is a mapping, not a text."],
  ["scheduled: tonight", "“scheduled” is a text, not a mapping."],
  ["report: final", "“report” is a text, not a mapping."],
  ["draft: [true]", "“draft” is a list, not a text."],
  ["components: { api: }", "“components.api” is empty."],
  ["components:\n  api:\n  web: ~", "“components.api” is empty. “components.web” is empty."],
  [
    "updates: [{ at: 2026-03-02, status: update, body: a, components: { api: } }]",
    "“components.api” of update 1 is empty.",
  ],
])("%j is told of by its kind", (keys, message) => {
  const title = keys.startsWith("title") ? "" : "title: Kinds\n";
  expect(
    parse(`---\n${title}${keys}\n---\n`)
      .problems.map((problem) => problem.message)
      .join(" "),
  ).toBe(message);
});

test("lists and texts have an end", () => {
  const head = "---\ntitle: Long\nstarted: 2026-03-02\n";
  const message = (keys: string) => parse(`${head}${keys}\n---\n`).problems.map((problem) => problem.message);
  expect(message(`tags: [${"a, ".repeat(51)}]`)).toEqual(["“tags” is a list of more than 50 tags."]);
  expect(message(`tags: [${"a".repeat(51)}]`)).toEqual(["Tag 1 is longer than 50 characters."]);
  expect(message(`actions: [${"{ title: a }, ".repeat(201)}]`)).toEqual([
    "“actions” is a list of more than 200 actions.",
  ]);
  expect(message(`redirects: [${"/a, ".repeat(101)}]`)).toEqual(["“redirects” is a list of more than 100 redirects."]);
  expect(message(`redirects: ["/${"a".repeat(300)}"]`)).toEqual(["Redirect 1 is longer than 300 characters."]);
  const ids = Array.from({ length: 501 }, (_, index) => `c${index}`);
  expect(message(`components: [${ids.join(", ")}]`)).toEqual(["“components” is a list of more than 500 components."]);
  expect(message(`components: { ${ids.map((id) => `${id}: operational`).join(", ")} }`)).toEqual([
    "“components” is a list of more than 500 components.",
  ]);
  expect(message(`components: [${"a".repeat(101)}]`)).toEqual(["Component 1 is longer than 100 characters."]);
  const update = "  - { at: 2026-03-02, status: update, body: x }\n";
  expect(message(`updates:\n${update.repeat(1001)}`)).toEqual(["“updates” is a list of more than 1000 updates."]);
  expect(message(`updates:\n${update.repeat(1000)}`)).toEqual([]);
  expect(parse(`---\ntitle: ${"a".repeat(301)}\nstarted: 2026-03-02\n---\n`).problems[0]?.message).toBe(
    "“title” is longer than 300 characters.",
  );
});

test.each(["constructor", "toString", "hasOwnProperty"])("the name %s, which every object has, is no trap", (name) => {
  expect(rules(`---\ntitle: A trap\nstarted: 2026-03-02\n${name}: x\n---\n`)).toEqual(["unknown-key 4:1"]);
  const { entry, problems } = parse(
    `---\ntitle: A trap\nstarted: 2026-03-02\ncomponents: { ${name}: major_outage }\n---\n`,
  );
  const isId = name === name.toLowerCase();
  expect(problems.map(({ rule }) => rule)).toEqual(isId ? [] : ["wrong-value"]);
  expect(Object.entries(entry?.components ?? {})).toEqual(isId ? [[name, "major_outage"]] : []);
});

test("the one key that programs lose without a word is refused", () => {
  const message = "No key can be called “__proto__”.";
  for (const keys of [
    "__proto__: x",
    "components: { __proto__: major_outage }",
    "updates: [{ __proto__: { at: x } }]",
  ]) {
    const { problems } = parse(`---\ntitle: A trap\nstarted: 2026-03-02\n${keys}\n---\n`);
    expect(problems.map((problem) => problem.message)).toEqual([message]);
  }
});

test("a file's base name is its slug", () => {
  expect(slugOf("2017/08/2017-08-23-wrong-screens.md")).toBe("2017-08-23-wrong-screens");
  expect(slugOf("v1.2.md")).toBe("v1.2");
});
