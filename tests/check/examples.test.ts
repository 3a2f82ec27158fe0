import { expect, test } from "vitest";
import { FAULT_GUIDANCE } from "#lib/content/check/faults.ts";
import type { Example, Guidance } from "#lib/content/check/rule.ts";
import { RULES } from "#lib/content/check/rules.ts";
import type { Problem } from "#lib/model/problem.ts";
import { FAULTS, FIXED_RULES, SETTABLE_RULES } from "#lib/model/rule-names.ts";
import { checkExample } from "./check-texts.ts";

const ALL: readonly Guidance[] = [...RULES, ...FAULT_GUIDANCE];

/** These need bytes or a disk, which no example can show. */
const UNSHOWABLE = ["image-file", "no-site", "not-utf8", "too-large", "unreadable-file"];

/** What one rule finds in an example. */
function found({ id }: Guidance, example: Example): string[] {
  return checkExample(example)
    .filter(({ rule }) => rule === id)
    .map((problem) => said(problem, example));
}

function said({ place, message }: Problem, example: Example): string {
  const at = `${place.line}:${place.column} ${message}`;
  return typeof example === "string" ? at : `${place.file}:${at}`;
}

test("every rule that has a name is there, and no other", () => {
  expect(RULES.map(({ id }) => id).sort()).toEqual([...SETTABLE_RULES, ...FIXED_RULES].sort());
  expect(FAULT_GUIDANCE.map(({ id }) => id).sort()).toEqual([...FAULTS].sort());
});

test("there are at least 35 rules", () => {
  expect(RULES.length).toBeGreaterThanOrEqual(35);
});

test.each(ALL)("$id has a good and a bad example, and says why", ({ id, summary, why, examples }) => {
  expect(summary).toMatch(/^[A-Z].*\.$/);
  expect(why).toMatch(/^[A-Z`“][\s\S]*\.$/);
  if (UNSHOWABLE.includes(id)) return;
  expect(examples.good.length).toBeGreaterThan(0);
  expect(examples.bad.length).toBeGreaterThan(0);
});

test.each(
  ALL.flatMap((rule) => rule.examples.good.map((example, index) => [`${rule.id} ${index + 1}`, rule, example])),
)("the good example %s is good", (_name, rule, example) => {
  expect(found(rule as Guidance, example as Example)).toEqual([]);
});

test.each(ALL.flatMap((rule) => rule.examples.bad.map((example, index) => [`${rule.id} ${index + 1}`, rule, example])))(
  "the bad example %s is found",
  (_name, rule, bad) => {
    const [example, ...finds] = bad as Guidance["examples"]["bad"][number];
    expect(finds.length).toBeGreaterThan(0);
    expect(found(rule as Guidance, example)).toEqual(finds);
  },
);

test("no good example has an error of another kind", () => {
  const wrong = ALL.flatMap(({ id, examples }) =>
    examples.good.flatMap((example) =>
      checkExample(example)
        .filter(({ severity }) => severity === "error")
        .map(({ rule, message }) => `${id}: ${rule}: ${message}`),
    ),
  );
  expect(wrong).toEqual([]);
});
