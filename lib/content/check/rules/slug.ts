import { isSlug } from "#lib/content/parse/entry.ts";
import type { Rule } from "../rule.ts";

export const slug: Rule = {
  id: "slug",
  severity: "error",
  summary: "A file's name is its permanent address: letters, digits, hyphens, dots and underscores, at most 120.",
  why: "A file's name without `.md` is its address, which people put into mails and tickets: letters, digits, hyphens, dots and underscores go through all of them unharmed.",
  *check({ entry, parsed }) {
    if (isSlug(entry.slug)) return;
    yield {
      place: { ...parsed.placeOf([]), line: 1, column: 1 },
      message: `“${entry.slug.slice(0, 130)}” cannot be an address.`,
      remedy:
        "Rename the file, as in 2017-08-23-wrong-screens.md: letters, digits and hyphens, at most 120 characters.",
    };
  },
  examples: {
    good: [
      {
        files: {
          "2026/2026-03-02-slow-api.md": `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---
`,
        },
      },
    ],
    bad: [
      [
        {
          files: {
            "2026/Störung am Montag.md": `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---
`,
          },
        },
        "2026/Störung am Montag.md:1:1 “Störung am Montag” cannot be an address.",
      ],
    ],
  },
};
