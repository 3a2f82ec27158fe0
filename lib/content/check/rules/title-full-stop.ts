import type { Rule } from "../rule.ts";

export const titleFullStop: Rule = {
  id: "title-full-stop",
  severity: "warning",
  summary: "A title does not end in a full stop.",
  why: "A title is a heading, a subject line and a link; in none of them does it end a sentence.",
  *check({ entry, parsed }) {
    if (!/[^.]\.$/.test(entry.title) || /\b(?:Inc|Ltd|Co|Corp|etc|[ap]\.m|[A-Z])\.$/.test(entry.title)) return;
    yield {
      place: parsed.placeOf(["title"]),
      message: "The title ends in a full stop.",
      remedy: "Remove it.",
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
      `
---
title: Moving to Example Inc.
started: 2026-03-02T10:00Z
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail.
started: 2026-03-02T10:00Z
---
`,
        "2:8 The title ends in a full stop.",
      ],
    ],
  },
};
