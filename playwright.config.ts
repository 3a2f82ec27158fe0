import { defineConfig } from "@playwright/test";
import { findBrowser } from "./scripts/browser.ts";

const browser = findBrowser();

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "artifacts/playwright",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: "line",
  use: {
    ...(browser === undefined ? {} : { launchOptions: { executablePath: browser, args: quietly() } }),
    locale: "en-GB",
    timezoneId: "Europe/Copenhagen",
    colorScheme: "light",
    screenshot: "only-on-failure",
  },
});

/** A browser that does nothing but what a test tells it to. */
function quietly(): string[] {
  return ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
}
