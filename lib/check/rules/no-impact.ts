import type { Rule } from "../rule.ts";

export const noImpact: Rule = {
  id: "no-impact",
  severity: "warning",
  summary: "An incident that lists components says what happened to them.",
  why: "A plain list of components takes its effect from the impact. Without an impact all of them count as working, and the page says that all is well.",
  *check({ entry, parsed }) {
    if (entry.scheduled || entry.impact !== undefined) return;
    const named = [entry.components, ...entry.updates.map(({ components }) => components)];
    const effects = named.flatMap((components) => Object.values(components));
    if (effects.length === 0 || effects.some((effect) => effect !== null)) return;
    yield {
      place: parsed.placeOf(["components"]),
      message: "There is neither an impact nor an effect, so readers are told that all is well.",
      remedy:
        "Add “impact: minor”, “major” or “critical”, or an effect for each component; “impact: none” if all is well.",
    };
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
impact: major
components: [api]
---
`,
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
components: { api: partial_outage }
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
components: [api]
---
`,
        "4:13 There is neither an impact nor an effect, so readers are told that all is well.",
      ],
    ],
  },
};
