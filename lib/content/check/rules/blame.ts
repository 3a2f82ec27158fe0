import { quote } from "#lib/content/parse/quote.ts";
import { said } from "../prose.ts";
import type { Rule } from "../rule.ts";

/** Whoever can be blamed: never a program, which may well fail. */
const PERSON =
  "(?:engineer|developer|programmer|administrator|admin|sysadmin|operator|technician|employee|colleague|co-?worker|intern|contractor|somebody|someone|he|she)";

/** One of these is in whatever blames. */
const HINT =
  /error|mistake|fault|forg[eo]t|neglect|failed to|accident|careless|wrongly|messed|screwed|botched|oversight|finger|negligen|incompeten|known better/i;

const BLAME = new RegExp(
  [
    // Whoever prevents it blames nobody.
    "(?<!(?:prevent|against|avoid|reduce|limit|catch|for|risk of|chance of) )(?:human|operator|user|pilot) error",
    `${PERSON}s? (?:forgot|neglected|failed to|mistakenly|accidentally|carelessly|wrongly|messed up|screwed up|botched)`,
    "forgotten by (?:an?|our|the|one of our) [a-z]+",
    `${PERSON}(?:'s|s'|’s|s’) (?:mistake|fault|error|negligence|oversight|carelessness)`,
    "fat[- ]finger(?:ed)?",
    "(?:careless|negligen)(?:ness|ly|ce|t)?",
    "incompeten(?:ce|t)",
    "should have known better",
  ]
    .map((words) => `\\b${words}\\b`)
    .join("|"),
  "gi",
);

export const blame: Rule = {
  id: "blame",
  severity: "warning",
  summary: "No person is blamed.",
  why: "A report that names a culprit teaches everybody to hide the next mistake, and a customer learns nothing from it. Say what made the mistake possible, and what makes it less likely now.",
  *check({ prose }) {
    for (const { match, place } of said(prose, BLAME, HINT)) {
      yield {
        place,
        message: `${quote(match[0])} blames a person.`,
        remedy: "Say what happened, and what let it happen: “the command could be run on all servers at once”.",
      };
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

The command could be run on all servers at once. Nobody is at fault; the service failed to start.
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

The outage was caused by human error.
`,
        "6:26 “human error” blames a person.",
      ],
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

An engineer forgot to renew the certificate.
`,
        "6:4 “engineer forgot” blames a person.",
      ],
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

It was the intern's mistake.
`,
        "6:12 “intern's mistake” blames a person.",
      ],
    ],
  },
};
