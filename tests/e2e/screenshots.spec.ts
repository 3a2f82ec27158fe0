import { join } from "node:path";
import { expect } from "@playwright/test";
import { ROOT } from "./support/candor.ts";
import { KINDS } from "./support/kinds.ts";
import { test } from "./support/test.ts";

const FOLDER = join(ROOT, "artifacts/screenshots");

for (const kind of KINDS) {
  for (const width of [390, 1280]) {
    test(`${kind.name} is pictured at ${width} pixels, light and dark`, async ({ page, visit }) => {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      await visit(kind);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const path = join(FOLDER, `${kind.name}-${width}-${colorScheme}.png`);
        const picture = await page.screenshot({ path, fullPage: !kind.isEndless });
        expect(picture.length).toBeGreaterThan(5_000);
      }
    });
  }
}
