import { expect, test } from "vitest";
import { leftToSoak, tallyOfCheck, tallyOfPlaywright, tallyOfVitest } from "../../scripts/tally.ts";

const vitest = (numPassedTests: number, numFailedTests: number) => ({ numPassedTests, numFailedTests });
const playwright = (expected: number, unexpected: number, flaky = 0) => ({ stats: { expected, unexpected, flaky } });

test("a check counts as one", () => {
  expect(tallyOfCheck(true)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  expect(tallyOfCheck(false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test.each([
  ["tests are counted one by one", vitest(812, 0), true, { passed: 812, failed: 0, skipped: 0 }],
  ["failed tests too", vitest(810, 2), false, { passed: 810, failed: 2, skipped: 0 }],
  [
    "a run that ends badly though no test failed is a failure",
    vitest(812, 0),
    false,
    { passed: 812, failed: 1, skipped: 0 },
  ],
  [
    "a file that fails without a failed test is a failure, whatever the run's exit code says",
    {
      ...vitest(812, 1),
      testResults: [
        { status: "failed", assertionResults: [] },
        { status: "failed", assertionResults: [{ status: "failed" }] },
        { status: "passed", assertionResults: [{ status: "passed" }] },
      ],
    },
    true,
    { passed: 812, failed: 2, skipped: 0 },
  ],
  ["a run without a test is a failure", vitest(0, 0), true, { passed: 0, failed: 1, skipped: 0 }],
  ["a run without a report is a failure", undefined, true, { passed: 0, failed: 1, skipped: 0 }],
])("vitest: %s", (_, report, isGood, tally) => {
  expect(tallyOfVitest(report, isGood)).toEqual(tally);
});

test.each([
  ["tests are counted one by one", playwright(40, 0), true, { passed: 40, failed: 0, skipped: 0 }],
  ["failed tests too", playwright(38, 2), false, { passed: 38, failed: 2, skipped: 0 }],
  ["what passed only when tried again has failed", playwright(39, 0, 1), true, { passed: 39, failed: 1, skipped: 0 }],
  [
    "a run that ends badly though no test failed is a failure",
    playwright(40, 0),
    false,
    { passed: 40, failed: 1, skipped: 0 },
  ],
  ["a run without a test is a failure", playwright(0, 0), true, { passed: 0, failed: 1, skipped: 0 }],
  ["a run without a report is a failure", undefined, false, { passed: 0, failed: 1, skipped: 0 }],
])("playwright: %s", (_, report, isGood, tally) => {
  expect(tallyOfPlaywright(report, isGood)).toEqual(tally);
});

test("what was skipped is told, and has not passed", () => {
  expect(tallyOfVitest({ ...vitest(812, 0), numPendingTests: 3 }, true)).toEqual({
    passed: 812,
    failed: 0,
    skipped: 3,
  });
  const report = { stats: { expected: 40, unexpected: 0, flaky: 0, skipped: 2 } };
  expect(tallyOfPlaywright(report, true)).toEqual({ passed: 40, failed: 0, skipped: 2 });
});

test("what is left to the soak is counted once, however many processes say so", () => {
  expect(leftToSoak("120 worlds\n3 stores\n120 worlds\n")).toBe(123);
  expect(leftToSoak("")).toBe(0);
});
