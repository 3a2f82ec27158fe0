import { quote } from "#lib/content/parse/quote.ts";
import { assetPath } from "#lib/markdown/asset-path.ts";
import type { Rule } from "../rule.ts";

export const deadLink: Rule = {
  id: "dead-link",
  severity: "error",
  summary: "A relative link leads to another incident's file.",
  why: "A link that leads nowhere is found by a reader who needed it. Relative links are for other incidents: name their file, and the link goes to their page, whatever folder they stand in. For anything else write the whole address.",
  *check({ entry, mentions, paths, slugs }) {
    for (const { kind, value, place } of mentions) {
      if (kind !== "link" || value === "" || /^(?:[a-z][a-z0-9+.-]*:|\/|#|\?)/i.test(value)) continue;
      const path = assetPath(entry.file, value);
      const slug = path?.replace(/^.*\//, "").replace(/\.md$/, "").toLowerCase() ?? "";
      if (path?.endsWith(".md") && paths.has(path) && slugs.has(slug)) continue;
      yield {
        place,
        message: `The link ${quote(value)} leads nowhere.`,
        remedy: "Link to another incident by its file (../2017/wrong-screens.md), or write the whole web address.",
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

It is like [the outage before](../2025/slow.md).
`,
          "2025/slow.md": `
---
title: Requests to the API fail
started: 2025-03-02
---
`,
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

See [the runbook](runbook.txt).
`,
        "6:5 The link “runbook.txt” leads nowhere.",
      ],
    ],
  },
};
