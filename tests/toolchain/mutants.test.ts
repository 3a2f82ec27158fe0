import { expect, test } from "vitest";
import { mutantsOf } from "../../scripts/mutants/find.ts";

const changes = (source: string) => mutantsOf("a.ts", source).map(({ before, after }) => [before, after]);

test("comparisons, conditions, truths, numbers and calls are changed, one at a time", () => {
  expect(changes("if (a < 3 && b) { f(); }")).toEqual([
    ["a < 3 && b", "!(a < 3 && b)"],
    ["&&", "||"],
    ["<", "<="],
    ["3", "(3 + 1)"],
    ["f();", ";"],
  ]);
  expect(changes("const x = y === z ? true : w - v;")).toEqual([
    ["y === z", "!(y === z)"],
    ["===", "!=="],
    ["true", "false"],
    ["-", "+"],
  ]);
  expect(changes("await g(1);")).toEqual([
    ["await g(1);", ";"],
    ["1", "(1 + 1)"],
  ]);
});

test("types, imports and texts are left as they are", () => {
  expect(changes('import a from "a";\ntype B = 1 | true;\nconst c: 2 = d;\nconst e = "x < 3";')).toEqual([]);
});

test("the place of a change is where it stands", () => {
  const source = "// one\nconst a =\n  b > c;";
  const [mutant] = mutantsOf("a.ts", source);
  expect(mutant).toMatchObject({ file: "a.ts", line: 3, before: ">", after: ">=" });
  expect(source.slice(0, mutant?.from) + mutant?.after + source.slice(mutant?.to)).toBe("// one\nconst a =\n  b >= c;");
});
