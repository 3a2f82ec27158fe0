import type { Rule } from "../rule.ts";

export const emptyLink: Rule = {
  id: "empty-link",
  severity: "warning",
  summary: "A link has words to press.",
  why: "A link without words cannot be seen, pressed or heard. Say where it leads.",
  *check({ prose }) {
    for (const { text, words, placeAt } of prose) {
      for (const { index } of text.matchAll(/(?<![!\\\]])\[\s*\]\(/g)) {
        // Code has no words.
        if (words[index] !== "[") continue;
        yield {
          place: placeAt(index),
          message: "The link has no words.",
          remedy: "Say in the square brackets where it leads.",
        };
      }
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

See [our help page](https://example.com/help).

- [ ] Raise the limit
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

See [](https://example.com/help).
`,
        "6:5 The link has no words.",
      ],
    ],
  },
};
