import { defineConfig } from "@playwright/test";
import { findQuickBrowser } from "./scripts/browser.ts";
import { QUIETLY } from "./tests/e2e/support/quietly.ts";
import { HANG_GUARD_MS, TEST_GUARD_MS } from "./tests/hang-guard.ts";
import { isolateProcess, ownFolders } from "./tests/isolation/isolate.ts";

isolateProcess();
// This file is read once in each process.
process.on("exit", ownFolders().remove);

const browser = findQuickBrowser();

export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "tests/e2e/support/shared-sites.ts",
  outputDir: "artifacts/playwright",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // Longer, and it hangs: no test judges the machine.
  timeout: TEST_GUARD_MS,
  expect: { timeout: HANG_GUARD_MS },
  reporter: "line",
  use: {
    ...(browser === undefined ? {} : { launchOptions: { executablePath: browser, args: [...QUIETLY] } }),
    locale: "en-GB",
    timezoneId: "Europe/Copenhagen",
    colorScheme: "light",
    screenshot: "only-on-failure",
  },
});
