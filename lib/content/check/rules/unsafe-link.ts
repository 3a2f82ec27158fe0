import { quote } from "#lib/content/parse/quote.ts";
import { isSafeAddress } from "#lib/markdown/safe.ts";
import type { Rule } from "../rule.ts";

export const unsafeLink: Rule = {
  id: "unsafe-link",
  severity: "error",
  summary: "Links lead to the web, to mail or to a telephone, never to a script or a file.",
  why: "An address like `javascript:` runs code, `data:` hides what it shows, and `file:` leads into the reader's own computer.",
  *check({ mentions }) {
    for (const { kind, value, place } of mentions) {
      if ((kind !== "link" && kind !== "image") || isSafeAddress(value)) continue;
      yield {
        place,
        message: `The address ${quote(value)} is not one a reader may be sent to.`,
        remedy: "Use an address that begins with https://, http://, mailto: or tel:, or a path.",
      };
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

[The help page](https://example.com/help), [mail](mailto:help@example.com)
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

[Press here](javascript:go)
`,
        "6:1 The address “javascript:go” is not one a reader may be sent to.",
      ],
    ],
  },
};
