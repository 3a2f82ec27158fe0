import { existsSync, readFileSync, rmSync } from "node:fs";
import { test as base } from "@playwright/test";

/** Fails a test that wanted to read or write outside of folders that it made, as `tests/isolation/each-file.ts` does. */
export const test = base.extend<{ readonly alone: undefined }>({
  alone: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted
    async ({}, use) => {
      await use(undefined);
      const file = process.env["CANDOR_TEST_REFUSALS"] ?? "";
      if (!existsSync(file)) return;
      const refused = readFileSync(file, "utf8");
      rmSync(file);
      throw new Error(`This test wanted to read or write outside of folders that it made:\n${refused}`);
    },
    { auto: true },
  ],
});
