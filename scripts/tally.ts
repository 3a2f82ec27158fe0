/** How many tests a step ran, and how they ended. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** Those that this machine could not run. */
  readonly skipped: number;
}

/** What Vitest's JSON reporter writes, as far as it is needed here. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests?: number;
  /** The files. */
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** What Playwright's JSON reporter writes, as far as it is needed here. */
interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped?: number;
  };
}

/** A check that is one thing: it holds or it does not. */
export function tallyOfCheck(isGood: boolean): Tally {
  return isGood ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** A file that failed without a failed test, as one that does not load, counts as one that failed. */
export function tallyOfVitest(report: unknown, isGood: boolean): Tally {
  const read = (report ?? {}) as Partial<VitestReport>;
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, testResults = [] } = read;
  const files = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((each) => each.status === "failed"),
  );
  return honest({ passed: numPassedTests, failed: numFailedTests + files.length, skipped: numPendingTests }, isGood);
}

/** A test that passed only when tried again has failed: what is shown by chance is not shown. */
export function tallyOfPlaywright(report: unknown, isGood: boolean): Tally {
  const { stats } = (report ?? {}) as Partial<PlaywrightReport>;
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats ?? {};
  return honest({ passed: expected, failed: unexpected + flaky, skipped }, isGood);
}

/** How many cases a list names, each line a number and what it counts; what several processes said is counted once. */
export function leftToSoak(list: string): number {
  const lines = new Set(list.split("\n"));
  return [...lines].reduce((sum, line) => sum + (Number.parseInt(line, 10) || 0), 0);
}

/** A run that ended badly without a failed test or that ran no test, is itself a failure. */
function honest({ passed, failed, skipped }: Tally, isGood: boolean): Tally {
  const isSilent = failed === 0 && (!isGood || passed === 0);
  return { passed, failed: isSilent ? 1 : failed, skipped };
}
