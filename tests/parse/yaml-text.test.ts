import { expect, onTestFinished, test, vi } from "vitest";
import { readYaml } from "#lib/content/parse/yaml-text.ts";

function faults(yaml: string): string[] {
  return readYaml("a.yaml", yaml).problems.map(({ place, message }) => `${place.line}:${place.column} ${message}`);
}

test.each([
  ["a: x: y", "1:4 A second colon makes this line ambiguous."],
  ["a: b\n  c: d", "2:3 The line is indented further than the lines it belongs with."],
  ['a: "x\nb: c', "1:4 A quotation mark is opened and not closed."],
  ["a: b\nc: 'd\ne: f\n", "2:4 A quotation mark is opened and not closed."],
  ["a: [x, y\nb: c", "1:4 A bracket or brace is opened and not closed."],
  ["a: { x: y\nb: c", "1:4 A bracket or brace is opened and not closed."],
  ["a: [[x], [y]\nb: c", "1:4 A bracket or brace is opened and not closed."],
  ["{ a: b", "1:1 A bracket or brace is opened and not closed."],
  ["title A\nb: c", "1:1 A key is without its colon."],
  ["a: b\nc", "2:1 A key is without its colon."],
  ["a:b\nc: d", "1:1 A key is without its colon."],
  ["a: - b", "1:4 A list begins on the line of its key."],
  ["- - a\n  b", "2:1 The line is not in line with its neighbours."],
  ["a:\n  b: c\n d: e", "3:1 The line is not in line with its neighbours."],
  ["a:\n\t- b", "2:1 A tab indents this line."],
  ["a: @x", "1:4 The value begins with a character that means something in YAML."],
  ["a: %x", "1:4 The value begins with a character that means something in YAML."],
  ["a: `x`", "1:4 The value begins with a character that means something in YAML."],
  ["a: 'it's'", "1:8 Something stands behind the end of a value."],
  ["a: [b] c", "1:8 Something stands behind the end of a value."],
  ["a: |x\n b", "1:5 Something stands behind “|” or “>”."],
  ["a: > text\n b", "1:6 Something stands behind “|” or “>”."],
  ['a: "\\q"', "1:5 A backslash begins something that YAML does not know."],
  ["a: ]", "1:4 A closing bracket or a comma has nothing before it."],
  ["a: [,]", "1:5 A closing bracket or a comma has nothing before it."],
  ["a: &", "1:4 An asterisk or an ampersand stands alone."],
  ["a: {x: y b: c}", "1:8 A list or mapping begins where a text was expected."],
  ["a: b\n---\nc: d", "2:1 A second document begins here."],
  ["a: b\n...\nc: d", "3:1 A second document begins here."],
  ["a: !e!x b", "1:4 An exclamation mark begins a YAML tag, which is not allowed."],
  [`a: ${"[".repeat(50_000)}`, "1:4 The YAML is nested more deeply than can be read."],
])("%j is told of in words for authors", (yaml, message) => {
  expect(faults(yaml)[0]?.replace(/^1:\d+ (?=The YAML is nested)/, "1:4 ")).toBe(message);
});

test("only the first mistake of a line is told of: the others follow from it", () => {
  expect(faults("a: b\n- c")).toHaveLength(1);
  expect(faults("a: 'b' c: d\ne: 'f' g")).toHaveLength(2);
});

test.each([
  ["a: &x b", "1:4 “&x” is read as a YAML anchor, because of the ampersand."],
  ["a: *x", "1:4 “*x” is read as a YAML alias, because of the asterisk."],
  ["a: !x b", "1:4 “!x” is read as a YAML tag, because of the exclamation mark."],
  ["a: !!str b", "1:4 “!!str” is read as a YAML tag, because of the exclamation mark."],
  ["a: !!js/function 'x'", "1:4 “!!js/function” is read as a YAML tag, because of the exclamation mark."],
  ["a: !!binary aGk=", "1:4 “!!binary” is read as a YAML tag, because of the exclamation mark."],
  ["a: !<tag:x> b", "1:4 “tag:x” is read as a YAML tag, because of the exclamation mark."],
  ["!!map { a: b }", "1:1 “!!map” is read as a YAML tag, because of the exclamation mark."],
])("%j is refused", (yaml, message) => {
  expect(faults(yaml)).toEqual([message]);
  expect(readYaml("a.yaml", yaml)).not.toHaveProperty("value");
});

test("an alias whose anchor is named already is not told of again", () => {
  expect(faults("a: &x [b]\nc: [*x, *x, *x]\nd: *x")).toEqual([
    "1:4 “&x” is read as a YAML anchor, because of the ampersand.",
  ]);
});

test("a key that occurs twice points back at its first use, in lists and mappings of any kind", () => {
  expect(readYaml("a.yaml", "a: 1\nb: 2\na: 3").problems).toMatchObject([
    { place: { line: 3, column: 1 }, related: { line: 1, column: 1 }, message: "The key “a” occurs twice." },
  ]);
  expect(faults("a: { b: 1, b: 2 }")).toEqual(["1:12 The key “b” occurs twice."]);
  expect(faults("- a: 1\n- a: 2")).toEqual([]);
});

test("hundreds of problems of one kind are twenty and a word about the rest", () => {
  const repeated = faults("a: 1\n".repeat(500));
  expect(repeated).toHaveLength(21);
  expect(repeated.at(-1)).toBe("22:1 There are more problems of this kind below.");
});

test("every scalar is the text that was written, or nothing", () => {
  expect(readYaml("a.yaml", 'a: no\nb: 1.10\nc: 2017-08-23\nd: ~\ne:\nf: 0x1F\ng: "1"').value).toEqual({
    a: "no",
    b: "1.10",
    c: "2017-08-23",
    d: null,
    e: null,
    f: "0x1F",
    g: "1",
  });
});

test("a merge key merges nothing", () => {
  expect(readYaml("a.yaml", "<<: { a: b }\nc: d").value).toEqual({ "<<": { a: "b" }, c: "d" });
});

test("a closing bracket at the line's beginning is taken: people write lists so", () => {
  expect(readYaml("a.yaml", "a: [\n  b,\n  c\n]\n").value).toEqual({ a: ["b", "c"] });
});

test("places are those of the file, not of the part that is YAML", () => {
  const { problems } = readYaml("a.md", "---\na: @\n---\n", [4, 9]);
  expect(problems[0]?.place).toEqual({ file: "a.md", line: 2, column: 4 });
});

test("the library writes no text of a file to the console", () => {
  const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  onTestFinished(() => warned.mockRestore());
  for (const yaml of ["? [hunter2, secret]\n: x", "a: !hunter2 x", "? { a: hunter2 }\n: x"]) readYaml("a.yaml", yaml);
  expect(warned).not.toHaveBeenCalled();
});
