import type { Rule } from "../rule.ts";

export const imageAlt: Rule = {
  id: "image-alt",
  severity: "warning",
  summary: "An image says in words what it shows.",
  why: "Some readers hear the page, and others are on a train where the picture does not load. Say what the picture shows, not that it is a picture.",
  *check({ mentions }) {
    for (const { kind, alt, place } of mentions) {
      if (kind !== "image" || alt.trim() !== "") continue;
      yield {
        place,
        message: "The image has no alternative text.",
        remedy: "Say in the square brackets what the image shows, as in ![Error rate rising at 09:12](errors.png).",
      };
    }
  },
  examples: {
    good: [
      {
        files: {
          "2026/example.md": `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

![Error rate rising at 09:12](errors.png)
`,
          "2026/errors.png": "",
        },
      },
    ],
    bad: [
      [
        {
          files: {
            "2026/example.md": `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

![](errors.png)
`,
            "2026/errors.png": "",
          },
        },
        "2026/example.md:6:1 The image has no alternative text.",
      ],
    ],
  },
};
