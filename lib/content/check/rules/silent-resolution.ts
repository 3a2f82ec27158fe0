import { earliest } from "#lib/model/time.ts";
import type { Rule } from "../rule.ts";

export const silentResolution: Rule = {
  id: "silent-resolution",
  severity: "warning",
  summary: "The end of an incident is said in an update.",
  why: "`ended` closes the incident on the page; but who follows it by feed or mail is told by updates alone, and waits.",
  *check({ entry, parsed, now }) {
    const { ended, updates } = entry;
    if (!ended || entry.scheduled || updates.length === 0 || earliest(ended) > now) return;
    if (updates.some(({ status }) => status === "resolved")) return;
    yield {
      place: parsed.placeOf(["ended"]),
      message: "The incident has ended, but no update says so.",
      remedy: "Add an update with “status: resolved”, as “candor resolve” does.",
    };
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
ended: 2026-03-02T10:55Z
updates:
  - at: 2026-03-02T10:00Z
    status: investigating
    body: Requests to the API fail. We are looking for the cause.
  - at: 2026-03-02T11:00Z
    status: resolved
    body: Requests succeed again since 10:55 UTC.
---
`,
      `
---
title: Requests to the API fail
started: 2026-03-02
ended: 2026-03-03
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
ended: 2026-03-02T10:55Z
updates:
  - at: 2026-03-02T10:00Z
    status: investigating
    body: Requests to the API fail. We are looking for the cause.
---
`,
        "3:8 The incident has ended, but no update says so.",
      ],
    ],
  },
};
