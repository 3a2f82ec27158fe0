import { excessOf, textsOf } from "../mentions.ts";
import type { Rule } from "../rule.ts";

export const heavyText: Rule = {
  id: "heavy-text",
  severity: "error",
  summary: "The texts of a file are no larger and no more intricate than can be shown at once.",
  why: "Markdown can be written so that a few kilobytes take minutes to draw. The limits are ten times above the richest report we know of. Move logs and dumps elsewhere, and link to them.",
  *check({ entry, parsed }) {
    const excess = excessOf(entry);
    if (!excess) return;
    const { text, offset, message, remedy } = excess;
    yield { place: parsed.placesInText(textsOf(entry)[text]?.[0] ?? "body")(offset), message, remedy };
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

> A quote
>
> > in a quote
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[too deep]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
`,
        "6:1 Lists, quotes or brackets stand too deeply within one another.",
      ],
    ],
  },
};
