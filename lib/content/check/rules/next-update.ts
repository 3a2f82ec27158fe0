import { durationInWords } from "#lib/calendar/words.ts";
import { beginningOf, endOf, inOrder, promisedUpdate } from "#lib/model/course.ts";
import { earliest, latest } from "#lib/model/time.ts";
import type { Rule } from "../rule.ts";

/** An hour without an end in sight is long. */
const LONG_MS = 3_600_000;
/** Whatever was promised, a day without a word is too much. */
const LONG_SILENCE_MS = 24 * LONG_MS;

const PROMISE =
  /\b(?:next update|updates?\s+(?:you|again|by|at|within|in|every|every)|(?:write|post|report|update|inform)\b[^.]{0,40}\b(?:again|by|at|within|in|every|tomorrow|today)|by\s+\d{1,2}[:.]\d\d|within\s+(?:the|an?|\d+)|in\s+(?:the\s+next\s+)?\d+\s+(?:minutes|hours)|tomorrow)\b/i;

export const nextUpdate: Rule = {
  id: "next-update",
  severity: "warning",
  summary: "While an incident lasts, readers know when they will hear more.",
  why: "Silence is what customers complain about most. An update that says when the next will come, and comes then, even with “nothing new”, keeps them off the telephone.",
  *check({ entry, parsed, prose, now }) {
    if (entry.scheduled || entry.draft || entry.updates.length === 0 || endOf(entry, now)) return;
    const newest = inOrder(entry.updates).at(-1);
    const start = beginningOf(entry);
    if (!newest || !start) return;
    const index = entry.updates.indexOf(newest);
    const place = parsed.placeOf(["updates", index, "at"]);
    const silence = now - latest(newest.at);
    // What was promised and did not come is told by “overdue-update”.
    if (promisedUpdate(entry)) return;
    if (silence > LONG_SILENCE_MS) {
      yield {
        place,
        message: `The incident is still open, and nothing was said for ${inWords(silence)}.`,
        remedy: "Say how it stands and, with “next_update”, when you will say more, or resolve it.",
      };
    } else if (now - earliest(start) > LONG_MS && !PROMISE.test(prose.find(({ of }) => of === index)?.words ?? "")) {
      yield {
        place,
        message: `The incident has lasted for ${inWords(now - earliest(start))}, and the newest update does not say when the next will come.`,
        remedy: "Say when you will write again, and keep to it: “next_update: 30m” on the update.",
      };
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
updates:
  - at: 2026-11-22T10:00Z
    status: investigating
    body: Requests to the API fail. We will write again by 12:30 UTC.
---
`,
      `
---
title: Requests to the API fail
updates:
  - at: 2026-11-22T10:00Z
    status: investigating
    body: Requests to the API fail. We are looking for the cause.
    next_update: 3h
---
`,
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
  - at: 2026-11-22T10:00Z
    status: investigating
    body: Requests to the API fail. We are looking for the cause.
---
`,
        "4:9 The incident has lasted for 2 hours, and the newest update does not say when the next will come.",
      ],
      [
        `
---
title: Requests to the API fail
updates:
  - at: 2026-03-02T10:00Z
    status: investigating
    body: Requests to the API fail. We are looking for the cause.
---
`,
        "4:9 The incident is still open, and nothing was said for 265 days, 2 hours.",
      ],
    ],
  },
};

function inWords(ms: number): string {
  return durationInWords({ ms, approximate: false }, "en");
}
