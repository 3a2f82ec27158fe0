import matter from "gray-matter";
import { afterEach, expect, test } from "vitest";
import { addUpdate } from "#lib/content/author/add-update.ts";
import { parseEntry } from "#lib/content/parse/entry.ts";
import { splitFrontMatter } from "#lib/content/parse/front-matter.ts";

/** What the library keeps when it is called without options; its types leave it out. */
const { cache } = matter as unknown as { readonly cache: Record<string, unknown> };

const RAN = "candorFrontMatterRan";
const CODE = `(globalThis.${RAN} = true, { title: "Ran" })`;

afterEach(() => {
  expect(globalThis).not.toHaveProperty(RAN);
  expect(cache).toEqual({});
});

function parse(text: string) {
  return parseEntry("2026/a-name.md", new TextEncoder().encode(text), "UTC");
}

function rules(text: string): string[] {
  return parse(text).problems.map(({ rule, place }) => `${rule} ${place.line}:${place.column}`);
}

const LANGUAGES = ["js", "javascript", "JavaScript", "coffee", "cson", "json", "toml", "yaml", "constructor"].concat(
  ["toString", "__proto__", "hasOwnProperty", "parse", "#", "\u00a0js"],
  ["js\u2028", "js ", "js\r"],
);

test.each(LANGUAGES.flatMap((word) => [`---${word}`, `--- ${word}`, `---\t${word}`]))(
  "front matter that begins with “%s” is refused and not run",
  (fence) => {
    for (const text of [`${fence}\n${CODE}\n---\n`, `${fence}\n${CODE}`, `${fence}\n---\n`, fence]) {
      expect(rules(text)).toEqual([expect.stringMatching(/^front-matter-(?:language|fence) 1:1$/)]);
      expect(() => addUpdate(text, { at: "2026-03-02", status: "resolved", body: "x" }, false)).toThrow(/front matter/);
    }
  },
);

test("code where YAML is meant is text", () => {
  expect(rules(`---\n${CODE}\n---\n`)).toEqual(["yaml-syntax 2:57"]);
  expect(rules(`---\nglobalThis.${RAN} = true\n---\n`)).toEqual(["wrong-type 2:1"]);
  expect(rules(`---\ntitle: !!js/function "function () { globalThis.${RAN} = true }"\n---\n`)).toEqual([
    "yaml-alias 2:8",
  ]);
});

test("the library's own engines are out of reach for whatever it is asked", () => {
  const asked: string[] = [];
  const read = (range: readonly [number, number]) => {
    asked.push(range.join("-"));
    return {};
  };
  expect(splitFrontMatter(`---\n${CODE}\n---\n`, read)).toMatchObject({ yaml: [4, 5 + CODE.length] });
  expect(asked).toEqual([`4-${5 + CODE.length}`]);
});

test("nothing read before is read again: neither what was right nor what was wrong", () => {
  const good = "---\ntitle: Right\nstarted: 2026-03-02\n---\n";
  const bad = "---\ntitle: [\n---\n";
  for (const text of [good, bad]) {
    const first = parse(text);
    expect(parse(text).problems).toEqual(first.problems);
    expect(parse(text).entry).toEqual(first.entry);
  }
  cache[good] = { data: { title: "Poisoned" }, content: "Poisoned", matter: "" };
  try {
    expect(parse(good).entry).toMatchObject({ title: "Right", body: "" });
  } finally {
    delete cache[good];
  }
});

test("a time keeps the offset that it was written with, and a reader's value is handed on as it is", () => {
  const { entry } = parse("---\ntitle: 2017-08-23\nstarted: 2017-08-23T11:05:14+02:00\n---\n");
  expect(entry).toMatchObject({ title: "2017-08-23", started: { offset: 120, precision: "second" } });
  const value = { excerpt_separator: "x", content: 1 };
  const parts = splitFrontMatter("---\na: b\n---\nbody", () => value);
  expect("data" in parts && parts.data).toBe(value);
});

test("an excerpt is not split off, whatever the front matter says", () => {
  expect(parse("---\ntitle: T\nstarted: 2026-03-02\n---\nAbove\n---\nBelow\n").entry?.body).toBe("Above\n---\nBelow\n");
  expect(rules("---\ntitle: T\nstarted: 2026-03-02\nexcerpt_separator: x\n---\nAxB\n")).toEqual(["unknown-key 4:1"]);
});

test.each([
  ["---\na: b\n---", [4, 9], 12],
  ["---\na: b\n---\n", [4, 9], 13],
  ["---\na: b\n--- \t\nbody", [4, 9], 15],
  ["--- \na: b\n---\nbody", [5, 10], 14],
  ["---\r\na: b\r\n---\r\nbody", [5, 11], 16],
  ["---\n---\nbody", [4, 4], 8],
  ["---\r\n---\r\n", [5, 5], 10],
  ["---\n\n# a comment\n---\nbody", [4, 17], 21],
  ["---\n\n---\n\n---\nbody", [4, 5], 9],
])("the parts of %j are where they were written", (text, yaml, bodyAt) => {
  const read: unknown[] = [];
  expect(splitFrontMatter(text, (range) => ({ range: read.push(range) }))).toMatchObject({ yaml, bodyAt });
  expect(read).toEqual([yaml]);
});

test.each(["----", "---x", "--- # end", "---\u2028", "---\r---"])(
  "front matter ends with a bare fence, not with %j",
  (line) => {
    expect(rules(`---\ntitle: T\nstarted: 2026-03-02\n${line}\n---\n`)).toEqual(["front-matter-fence 4:1"]);
  },
);

test("two hundred empty lines in a row are taken, and no more: the library would look through them again and again", () => {
  const file = (count: number) => `---\ntitle: T\n${"\n".repeat(count)}started: 2026-03-02\n---\n${"\n".repeat(500)}`;
  expect(rules(file(200))).toEqual([]);
  expect(rules(file(201))).toEqual(["too-large 203:1"]);
});
