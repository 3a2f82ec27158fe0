import { endOf, isImpactStated } from "#lib/model/course.ts";
import type { Rule } from "../rule.ts";

export const noImpact: Rule = {
  id: "no-impact",
  severity: "warning",
  summary: "An incident says what it does to customers: by its impact, or by an effect on a component.",
  why: "A plain list of components takes its effect from the impact. Without either, all components count as working, and readers are told that the impact is not stated. While it is open the whole is shown as degraded.",
  *check({ entry, parsed, now }) {
    if (entry.scheduled || isImpactStated(entry)) return;
    const listsComponents = Object.keys(entry.components).length > 0;
    if (!listsComponents && endOf(entry, now)) return;
    yield {
      place: parsed.placeOf([listsComponents ? "components" : "title"]),
      message: "There is neither an impact nor an effect, so readers are told that the impact is not stated.",
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
      `
---
title: Requests to the API are slow for a test
started: 2026-03-02T10:00Z
impact: none
components: [api]
---
`,
      `
---
title: The API moves to new machines
components: [api]
scheduled: { start: 2026-01-01T10:00Z, end: 2026-01-01T11:00Z }
---
`,
      `
---
title: Requests to the API fail
components: [api]
updates:
  - at: 2026-03-02T10:00Z
    status: identified
    body: One of two servers is down. The other one answers.
    components: { api: degraded_performance }
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
        "4:13 There is neither an impact nor an effect, so readers are told that the impact is not stated.",
      ],
      [
        `
---
title: Nobody can sign in
updates:
  - at: 2026-03-02T10:00Z
    status: investigating
    body: Nobody can sign in. We are looking for the cause.
---
`,
        "2:8 There is neither an impact nor an effect, so readers are told that the impact is not stated.",
      ],
    ],
  },
};
