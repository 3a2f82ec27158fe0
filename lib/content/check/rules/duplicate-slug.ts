import type { Rule } from "../rule.ts";

export const duplicateSlug: Rule = {
  id: "duplicate-slug",
  severity: "error",
  summary: "No two files have the same name, in whatever folders: both would have the same address.",
  why: "A file's name is its permanent address, so it must be the only one of its name in the whole folder, capitals aside. The file that comes first in order keeps the address; put a date or another word into the name of the other.",
  *check({ entry, parsed, slugs }) {
    const [first] = slugs.get(entry.slug.toLowerCase()) ?? [];
    if (first === undefined || first === entry.file) return;
    yield {
      place: { ...parsed.placeOf([]), line: 1, column: 1 },
      message: `The address “${entry.slug}” is already taken by ${first}.`,
      remedy: "Rename this file; the other one keeps the address it has.",
      related: { file: first, line: 1, column: 1 },
    };
  },
  examples: {
    good: [
      {
        files: {
          "2025/slow.md": `
---
title: Requests to the API fail
started: 2025-03-02
---
`,
          "2026/slow-again.md": `
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
            "2025/slow.md": `
---
title: Requests to the API fail
started: 2025-03-02
---
`,
            "2026/Slow.md": `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---
`,
          },
        },
        "2026/Slow.md:1:1 The address “Slow” is already taken by 2025/slow.md.",
      ],
    ],
  },
};
