import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

export interface Violation {
  readonly theme: string;
  readonly id: string;
  readonly impact: string;
  readonly at: readonly string[];
}

/**
 * What axe finds on the page that is open: everything in the light theme, and in the dark one what the theme changes,
 * which is colours alone.
 */
export async function violationsOf(page: Page): Promise<Violation[]> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const light = await builder(page)
    // Switched off unless asked for, as it is new in WCAG 2.2.
    .options({ rules: { "target-size": { enabled: true } } })
    .analyze();
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  const dark = await builder(page).withRules(["color-contrast", "link-in-text-block"]).analyze();
  return [["light", light] as const, ["dark", dark] as const].flatMap(([theme, { violations }]) =>
    violations.map(({ id, impact, nodes }) => ({
      theme,
      id,
      impact: impact ?? "unknown",
      at: nodes.map(({ html }) => html.slice(0, 120)),
    })),
  );
}

/** Of a thousand updates of one make, a dozen tell as much as all. */
function builder(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).exclude(".updates > li:nth-child(n + 13)");
}
