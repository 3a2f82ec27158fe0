import { worstEffect } from "#lib/model/course.ts";
import type { Rule } from "../rule.ts";

export const impactEffects: Rule = {
  id: "impact-effects",
  severity: "warning",
  summary: "An incident that takes components down has an impact.",
  why: "`impact: none` tells customers that nothing is the matter, while the component's bar beside it shows an outage.",
  *check({ entry, parsed }) {
    if (entry.impact !== "none") return;
    const effect = worstEffect(entry);
    if (effect !== "partial_outage" && effect !== "major_outage") return;
    yield {
      place: parsed.placeOf(["impact"]),
      message: `The impact is “none”, and yet there is a component with “${effect}”.`,
      remedy: "Leave the impact out, and it follows from the effects; or correct the effect.",
    };
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
impact: none
components: { api: operational }
---
`,
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
impact: minor
components: { api: major_outage }
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
impact: none
components: { api: major_outage }
---
`,
        "4:9 The impact is “none”, and yet there is a component with “major_outage”.",
      ],
    ],
  },
};
