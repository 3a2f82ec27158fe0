import { quote } from "#lib/content/parse/quote.ts";
import { assetPath, isImagePath } from "#lib/markdown/asset-path.ts";
import { isSafeAddress } from "#lib/markdown/safe.ts";
import type { Rule } from "../rule.ts";

export const image: Rule = {
  id: "image",
  severity: "error",
  summary: "An image is a picture file inside the content folder.",
  why: "Pictures are published with the text, so they must be there: beside the file or anywhere in the content folder, as PNG, JPEG, GIF, WebP, AVIF or SVG. Capitals in the name count, even if your own computer ignores them.",
  *check({ entry, mentions, paths }) {
    for (const { kind, value, place } of mentions) {
      if (kind !== "image" || /^[a-z][a-z0-9+.-]*:|^\/\//i.test(value) || !isSafeAddress(value)) continue;
      const path = assetPath(entry.file, value);
      if (path === undefined) {
        yield {
          place,
          message: `The image ${quote(value)} lies outside the content folder.`,
          remedy: "Copy it beside the incident's file and name it from there.",
        };
      } else if (!isImagePath(path)) {
        yield {
          place,
          message: `${quote(value)} is not a picture that browsers show.`,
          remedy: "Use a PNG, JPEG, GIF, WebP, AVIF or SVG file.",
        };
      } else if (!paths.has(path)) {
        yield {
          place,
          message: `There is no image ${quote(path)}.`,
          remedy: "Put the file there, or correct the name; capitals count.",
        };
      }
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

![Error rate](errors.png)
`,
        "6:1 There is no image “2026/errors.png”.",
      ],
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

![Error rate](../../errors.png)
`,
        "6:1 The image “../../errors.png” lies outside the content folder.",
      ],
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

![Our notes](notes.pdf)
`,
        "6:1 “notes.pdf” is not a picture that browsers show.",
      ],
    ],
  },
};
