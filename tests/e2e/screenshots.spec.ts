import { join } from "node:path";
import { expect } from "@playwright/test";
import { casesOf } from "#tests/soak.ts";
import { ROOT } from "./support/candor.ts";
import { BOARDS, KINDS } from "./support/kinds.ts";
import { test } from "./support/test.ts";

const FOLDER = join(ROOT, "artifacts/screenshots");

const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
];

// Nobody compares them: all are for whoever looks at them, by “npm run soak -- suite playwright tests/e2e/screenshots.spec.ts”.
for (const kind of casesOf("pictures of pages", KINDS.slice(0, 1), KINDS)) {
  test(`${kind.name} is pictured on a telephone and on a desk, light and dark`, async ({ page, visit }) => {
    await visit(kind);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const path = join(FOLDER, `${kind.name}-${size.width}-${colorScheme}.png`);
        const picture = await page.screenshot({ path, fullPage: !kind.isEndless });
        expect(picture.length).toBeGreaterThan(5_000);
      }
    }
  });
}

for (const kind of casesOf("pictures of boards", BOARDS.slice(0, 1), BOARDS)) {
  test(`${kind.name} is pictured on televisions and a telephone`, async ({ page, visit }) => {
    await visit(kind);
    for (const size of [
      { width: 1280, height: 720 },
      { width: 3840, height: 2160 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(size);
      const picture = await page.screenshot({ path: join(FOLDER, `${kind.name}-${size.width}.png`) });
      expect(picture.length).toBeGreaterThan(5_000);
    }
  });
}
