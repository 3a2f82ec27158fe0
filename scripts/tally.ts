/** How many tests a step ran, and how they ended. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** What Vitest's JSON reporter writes, as far as it is needed here. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}

/** What Playwright's JSON reporter writes, as far as it is needed here. */
interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
}

/** A check that is one thing: it holds or it does not. */
export function tallyOfCheck(isGood: boolean): Tally {
  return isGood ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

export function tallyOfVitest(report: unknown, isGood: boolean): Tally {
  const { numPassedTests = 0, numFailedTests = 0 } = (report ?? {}) as Partial<VitestReport>;
  return honest(numPassedTests, numFailedTests, isGood);
}

/** A test that passed only when tried again has failed: what is shown by chance is not shown. */
export function tallyOfPlaywright(report: unknown, isGood: boolean): Tally {
  const { expected = 0, unexpected = 0, flaky = 0 } = ((report ?? {}) as Partial<PlaywrightReport>).stats ?? {};
  return honest(expected, unexpected + flaky, isGood);
}

/** A run that ended badly without a failed test (a file that does not load), or that ran no test, is itself a failure. */
function honest(passed: number, failed: number, isGood: boolean): Tally {
  const isSilent = failed === 0 && (!isGood || passed === 0);
  return { passed, failed: isSilent ? 1 : failed };
}
