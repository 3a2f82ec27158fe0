import type { Rule } from "../rule.ts";

const MOST = 250;

export const longUpdate: Rule = {
  id: "long-update",
  severity: "warning",
  summary: "An update is short enough for a phone.",
  why: "An update answers three questions: what does not work, what is being done, when will you hear more. The story is for the report.",
  *check({ prose }) {
    for (const { of, words, placeAt } of prose) {
      if (typeof of !== "number" || words.length < MOST * 4) continue;
      const count = words.trim().split(/\s+/).length;
      if (count <= MOST) continue;
      yield {
        place: placeAt(0),
        message: `The update has ${count} words; more than ${MOST} are not read on a phone.`,
        remedy: "Say what customers should know now, and write the rest into the report.",
      };
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
    status: identified
    body: We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry. We are sorry.
---
`,
        "6:11 The update has 270 words; more than 250 are not read on a phone.",
      ],
    ],
  },
};
