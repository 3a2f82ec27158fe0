import { earliest } from "#lib/model/time.ts";
import type { Rule } from "../rule.ts";

/** So long somebody may still come to read it. */
const READ_FOR_MS = 30 * 86_400_000;

const TRIVIAL =
  /^[\s*_]*(?:(?:th(?:is|e) )?(?:incident|issue|problem|maintenance)?\s*(?:(?:has been|is|was|are) )?(?:now |being )?(?:resolved|fixed|solved|done|closed|completed?d?|cancell?ed|identified|investigat(?:ed|ing)|monitor(?:ed|ing)|in progress|over|ok(?:ay)?|all good)|update|we are (?:currently )?(?:investigating|monitoring)(?: (?:this|the) (?:issue|incident|problem))?)[\s.!*_]*$/i;

export const trivialUpdate: Rule = {
  id: "trivial-update",
  severity: "warning",
  summary: "An update says more than its status.",
  why: "“Resolved.” leaves open what works again, since when, and whether anything is left to do. What is older than thirty days is history, and left alone.",
  *check({ entry, parsed, now }) {
    for (const [index, { at, body }] of entry.updates.entries()) {
      if (body.length > 80 || earliest(at) < now - READ_FOR_MS || !TRIVIAL.test(body)) continue;
      yield {
        place: parsed.placeOf(["updates", index, "body"]),
        message: "The update says no more than its status.",
        remedy: "Say what works (or does not), since when, and what customers should do.",
      };
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
updates:
  - at: 2026-11-20T10:00Z
    status: investigating
    body: Requests to the API fail. We are looking for the cause.
  - at: 2026-11-20T11:00Z
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
  - at: 2026-11-20T10:00Z
    status: investigating
    body: Requests to the API fail. We are looking for the cause.
  - at: 2026-11-20T11:00Z
    status: resolved
    body: This incident has been resolved.
---
`,
        "9:11 The update says no more than its status.",
      ],
    ],
  },
};
