import { quote } from "#lib/content/parse/quote.ts";
import type { Rule } from "../rule.ts";

const CLOCK = /(?<![\w:.,/+-])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\b)?(?![\w:]|[.,-]\d)/i;

/** Names and letters of zones, and offsets. Any word of capitals that ends in T may be one. */
const ZONE =
  /\b(?:UTC|GMT|Z|[A-Z]{1,4}T|[A-Z][a-z]+ [Tt]ime|[A-Z][a-z]+\/[A-Z]\w+|[Ll]ocal [Tt]ime|our time)\b|\dZ\b|[+-]\d{2}:?\d{2}\b|\b(?:UTC|GMT)?[+-]\d{1,2}\b/;

export const timeWithoutZone: Rule = {
  id: "time-without-zone",
  severity: "warning",
  summary: "A clock time in a text says its zone.",
  why: "“Until 14:00” is a different moment for every reader in another zone, and mails and feeds carry the text alone. One zone in a text is enough for all its times. Each file is told of once.",
  *check({ prose }) {
    for (const { words, placeAt } of prose) {
      const time = CLOCK.exec(words);
      if (!time || ZONE.test(words)) continue;
      yield {
        place: placeAt(time.index),
        message: `${quote(time[0])} has no zone.`,
        remedy: "Write it with its zone, as 14:00 CET or 13:00 UTC.",
      };
      return;
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
    body: We will write again by 11:30 UTC.
---

It began at 10:00 CET, was noticed at 10:04, and kept a ratio of 16:9.
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
    body: We will write again by 11:30.
---
`,
        "6:34 “11:30” has no zone.",
      ],
    ],
  },
};
