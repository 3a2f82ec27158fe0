import { durationInWords } from "#lib/calendar/words.ts";
import { inOrder, isEnding, isOver, promisedUpdate } from "#lib/model/course.ts";
import { latest } from "#lib/model/time.ts";
import type { Rule } from "../rule.ts";

export const overdueUpdate: Rule = {
  id: "overdue-update",
  severity: "warning",
  summary: "The next update comes when it was promised, and an estimate of the end is put right when it has passed.",
  why: "Readers see the time that was promised, and that it has passed. An update that says “nothing new” and promises the next one keeps the promise.",
  *check({ entry, parsed, now }) {
    for (const [index, { status, nextUpdate }] of entry.updates.entries()) {
      if (!(nextUpdate && isEnding(status))) continue;
      yield {
        place: parsed.placeOf(["updates", index, "next_update"]),
        message: "The update ends it, and what it promises is shown to nobody.",
        remedy: "Remove “next_update”; for a report, write its date as “report: { status: preliminary, due: … }”.",
      };
    }
    if (entry.draft || isOver(entry, now)) return;
    const promised = promisedUpdate(entry);
    if (promised && now > promised.at) {
      const newest = inOrder(entry.updates).at(-1);
      const isOwn = newest?.nextUpdate !== undefined;
      yield {
        place: parsed.placeOf(isOwn ? ["updates", entry.updates.indexOf(newest), "next_update"] : ["next_update"]),
        message: `The next update was due ${ago(now - promised.at)}, and there is none.`,
        remedy: "Say how it stands, even if nothing is new, and when you will say more.",
      };
    }
    const { expectedEnd } = entry;
    if (expectedEnd && now > latest(expectedEnd)) {
      yield {
        place: parsed.placeOf(["expected_end"]),
        message: `It was expected to be over ${ago(now - latest(expectedEnd))}, and it goes on.`,
        remedy: "Write a new estimate, or remove “expected_end”.",
      };
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
updates:
  - at: 2026-11-22T11:50Z
    status: identified
    body: Requests to the API fail. A node is full, and we are adding another.
    next_update: 30m
expected_end: 2026-11-22T14:00Z
---
`,
      `
---
title: Requests to the API fail
next_update: 30m
updates:
  - at: 2026-11-22T11:50Z
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
  - at: 2026-11-22T11:00Z
    status: investigating
    body: Requests to the API fail. We are looking for the cause.
    next_update: 30m
expected_end: 2026-11-22T11:45Z
---
`,
        "7:18 The next update was due 30 minutes ago, and there is none.",
        "8:15 It was expected to be over 15 minutes ago, and it goes on.",
      ],
      [
        `
---
title: Requests to the API fail
updates:
  - at: 2026-11-22T10:00Z
    status: resolved
    body: Requests succeed again since 09:55 UTC.
    next_update: 2026-11-24T10:00Z
---
`,
        "7:18 The update ends it, and what it promises is shown to nobody.",
      ],
    ],
  },
};

function ago(ms: number): string {
  return `${durationInWords({ ms, approximate: false }, "en")} ago`;
}
