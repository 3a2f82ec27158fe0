import type { Rule } from "../rule.ts";

const MOST = 90;

export const longTitle: Rule = {
  id: "long-title",
  severity: "warning",
  summary: "A title fits into a subject line.",
  why: "A phone shows some 40 letters of a subject line, a mail program some 80. Say what does not work; the rest is for the first update.",
  *check({ entry, parsed }) {
    if (entry.title.length <= MOST) return;
    yield {
      place: parsed.placeOf(["title"]),
      message: `The title has ${entry.title.length} characters; subject lines end at about ${MOST}.`,
      remedy: "Say in a few words what does not work, and the rest in the first update.",
    };
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API and to the web app and to everything that depends on them fail or are very slow
started: 2026-03-02T10:00Z
---
`,
        "2:8 The title has 99 characters; subject lines end at about 90.",
      ],
    ],
  },
};
