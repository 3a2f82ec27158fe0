import type { Rule } from "../rule.ts";

export const repeatedUpdate: Rule = {
  id: "repeated-update",
  severity: "warning",
  summary: "No update says what another has said word for word.",
  why: "A text that comes twice was pasted into the wrong place, or tells readers that nothing has happened since.",
  *check({ entry, parsed }) {
    const seen = new Map<string, number>();
    for (const [index, { body }] of entry.updates.entries()) {
      const words = body.trim();
      const first = seen.get(words);
      if (first === undefined) seen.set(words, index);
      else if (words.includes(" ")) {
        yield {
          place: parsed.placeOf(["updates", index, "body"]),
          message: "Another update has the same text.",
          remedy: "Say what is new, or remove one of the two.",
          related: parsed.placeOf(["updates", first, "body"]),
        };
      }
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
updates:
  - at: 2026-03-02T10:00Z
    status: investigating
    body: Requests to the API fail. We are looking for the cause.
  - at: 2026-03-02T11:00Z
    status: resolved
    body: Requests succeed again since 10:55 UTC.
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
updates:
  - at: 2026-03-02T10:00Z
    status: investigating
    body: Requests to the API fail. We are looking for the cause.
  - at: 2026-03-02T10:30Z
    status: identified
    body: Requests to the API fail. We are looking for the cause.
---
`,
        "9:11 Another update has the same text.",
      ],
    ],
  },
};
