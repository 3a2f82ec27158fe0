import type { Rule } from "../rule.ts";

export const remoteImage: Rule = {
  id: "remote-image",
  severity: "warning",
  summary: "Images are kept beside the file: a status page asks no third party for anything.",
  why: "A status page that loads pictures from elsewhere tells somebody else who reads it, and shows nothing when that server is down too. Such a picture becomes a link.",
  *check({ mentions }) {
    for (const { kind, value, place } of mentions) {
      if (kind !== "image" || !/^(?:https?:)?\/\//i.test(value)) continue;
      yield {
        place,
        message: "The image is on another server; readers will see a link to it instead.",
        remedy: "Copy the image beside the incident's file.",
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
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

![Error rate](https://example.com/errors.png)
`,
        "6:1 The image is on another server; readers will see a link to it instead.",
      ],
    ],
  },
};
