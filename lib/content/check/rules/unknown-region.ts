import { quote } from "#lib/content/parse/quote.ts";
import { suggestion } from "#lib/content/parse/suggestion.ts";
import type { Rule } from "../rule.ts";

export const unknownRegion: Rule = {
  id: "unknown-region",
  severity: "error",
  summary: "Every region an incident names is one that site.yaml has.",
  why: "Customers know regions by the names in site.yaml. An id that is not there tells nobody whether it was them.",
  *check({ entry, parsed, config }) {
    const known = (config.regions ?? []).map(({ id }) => id);
    for (const [index, { region }] of (entry.harm ?? []).entries()) {
      if (region === undefined || known.includes(region)) continue;
      yield {
        place: parsed.placeOf(["harm", index, "region"]),
        message: `The region ${quote(region)} is not in site.yaml.`,
        remedy: `${suggestion(region, known)}${known.length === 0 ? "There are none yet: add it there, under “regions”." : `Known regions are ${known.join(", ")}.`}`,
      };
    }
  },
  examples: {
    good: [
      {
        site: "regions: [{ id: eu, name: Europe }]",
        files: {
          "2026/example.md": `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
harm: [{ who: Customers who use the API, region: eu, saw: errors }]
---
`,
        },
      },
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
harm: [{ who: Customers who use the API, region: eu, saw: errors }]
---
`,
        "4:50 The region “eu” is not in site.yaml.",
      ],
    ],
  },
};
