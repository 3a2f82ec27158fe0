import { test as base } from "@playwright/test";
import { failOnRefusals } from "#tests/isolation/isolate.ts";

/** Fails a test that wanted to read or write outside of folders that it made, as `tests/isolation/each-file.ts` does. */
export const test = base.extend<{ readonly alone: undefined }>({
  alone: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted
    async ({}, use) => {
      await use(undefined);
      failOnRefusals();
    },
    { auto: true },
  ],
});
