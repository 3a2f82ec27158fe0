import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findBrowser, findQuickBrowser } from "../../scripts/browser.ts";

test("the browser that CANDOR_CHROMIUM names comes first", () => {
  expect(findBrowser({ ...process.env, CANDOR_CHROMIUM: process.execPath })).toBe(process.execPath);
});

test("a CANDOR_CHROMIUM that is not there is said, not passed over", () => {
  expect(() => findBrowser({ ...process.env, CANDOR_CHROMIUM: "/nowhere/chromium" })).toThrowError(
    "CANDOR_CHROMIUM names “/nowhere/chromium”, and there is no such file. Correct it or leave it out.",
  );
});

test.skipIf(process.platform === "win32")("what stands in the PATH but does not start is no browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "candor-browser-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "stub"));
  writeFileSync(join(folder, "stub", "chromium"), "#!/bin/sh\necho install me with snap\nexit 1\n");
  chmodSync(join(folder, "stub", "chromium"), 0o755);
  const found = findBrowser({ NODE_ENV: "test", PATH: join(folder, "stub") });
  expect(found?.startsWith(folder) ?? false).toBe(false);
});

test.skipIf(process.platform === "win32")(
  "one without a window is preferred for what needs none, unless one is named",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "candor-browser-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const shell = join(folder, "chromium-headless-shell");
    writeFileSync(shell, "#!/bin/sh\nexit 0\n", { mode: 0o755 });
    expect(findQuickBrowser({ NODE_ENV: "test", PATH: folder })).toBe(shell);
    expect(findQuickBrowser({ NODE_ENV: "test", PATH: folder, CANDOR_CHROMIUM: process.execPath })).toBe(
      process.execPath,
    );
  },
);
