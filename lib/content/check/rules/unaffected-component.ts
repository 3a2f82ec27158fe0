import type { Rule } from "../rule.ts";

export const unaffectedComponent: Rule = {
  id: "unaffected-component",
  severity: "warning",
  summary: "Every component an incident lists is affected by it.",
  why: "Whoever has subscribed to a component is told of every incident that lists it. One that stays `operational` from beginning to end need not be listed.",
  *check({ entry, parsed }) {
    for (const [id, effect] of Object.entries(entry.components)) {
      if (effect !== "operational") continue;
      if (entry.updates.some(({ components }) => (components[id] ?? "operational") !== "operational")) continue;
      yield {
        place: parsed.placeOfKey(["components"], id),
        message: `“${id}” is listed, but stays operational throughout.`,
        remedy: "Remove it, or write the effect on it.",
      };
    }
  },
  examples: {
    good: [
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
components: { api: partial_outage, web: operational }
---
`,
        "4:36 “web” is listed, but stays operational throughout.",
      ],
    ],
  },
};
