import { AxeBuilder } from "@axe-core/playwright";
import { expect } from "@playwright/test";
import { KINDS } from "./support/kinds.ts";
import { test } from "./support/test.ts";

for (const kind of KINDS) {
  test(`axe finds nothing on ${kind.name}, light or dark`, async ({ page, visit }) => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await visit(kind);
      const { violations } = await new AxeBuilder({ page })
        // Switched off unless asked for, as it is new in WCAG 2.2.
        // Of a thousand updates of one make, a dozen tell as much as all.
        .exclude(".updates > li:nth-child(n + 13)")
        .options({ rules: { "target-size": { enabled: true } } })
        .analyze();
      const found = violations.map(({ id, impact, nodes }) => ({
        id,
        impact,
        at: nodes.map(({ html }) => html.slice(0, 120)),
      }));
      expect(found, colorScheme).toEqual([]);
    }
  });
}
