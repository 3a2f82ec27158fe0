import { beginningOf, endOf } from "#lib/model/course.ts";
import { type Entry, PHASES, type Phase } from "#lib/model/incident.ts";
import { earliest, latest, type When } from "#lib/model/time.ts";
import type { Rule } from "../rule.ts";

export const phaseOrder: Rule = {
  id: "phase-order",
  severity: "warning",
  summary: "The turns of an incident follow one another, and are those that the rest of its file tells.",
  why: "Readers see how long each turn came after the first harm. One that lies elsewhere than `started`, `detected` or `ended` says contradicts them; one before the turn it follows from is a slip.",
  *check({ entry, parsed, now }) {
    const phases = entry.phases ?? {};
    const placeOf = (phase: Phase) => parsed.placeOf(["phases", phase]);
    for (const [phase, { at, name }] of Object.entries(toldElsewhere(entry, now)) as [Phase, Told][]) {
      const said = phases[phase];
      if (!said || !at || isCompatible(said, at)) continue;
      yield {
        place: placeOf(phase),
        message: `“${phase}” is another time than ${name}.`,
        remedy: "Write the same time in both places, or leave it out here.",
      };
    }
    // What customers were told may come before it was declared, and the report of a fault after its end.
    const inOrder = PHASES.filter((phase) => phase !== "told" && phase !== "declared");
    for (const [index, phase] of inOrder.entries()) {
      const at = phases[phase];
      const before = inOrder.slice(0, index).findLast((each) => phases[each] !== undefined);
      const former = before && phases[before];
      if (!at || !before || !former || latest(at) >= earliest(former)) continue;
      yield {
        place: placeOf(phase),
        message: `“${phase}” comes before “${before}”.`,
        remedy: "Correct one of the times.",
        related: placeOf(before),
      };
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
ended: 2026-03-02T11:00Z
phases: { fault: 2026-03-01T09:00Z, detected: 2026-03-02T10:04Z, mitigated: 2026-03-02T10:30Z }
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
ended: 2026-03-02T11:00Z
phases: { harm: 2026-03-02T09:00Z, detected: 2026-03-02T08:00Z }
---
`,
        "5:17 “harm” is another time than “started”.",
        "5:46 “detected” comes before “harm”.",
      ],
    ],
  },
};

interface Told {
  readonly at: When | undefined;
  /** Where the file says it, as a person would name it. */
  readonly name: string;
}

/** What else the file says of a turn. */
function toldElsewhere(entry: Entry, now: number): Readonly<Partial<Record<Phase, Told>>> {
  const ended = entry.ended ? { at: entry.ended, name: "“ended”" } : { at: endOf(entry, now), name: "its last update" };
  return {
    harm: { at: entry.started ?? (entry.detected ? undefined : beginningOf(entry)), name: "“started”" },
    detected: { at: entry.detected, name: "“detected”" },
    ended,
  };
}

/** Whether two times can be the same, as exactly as each is known. */
function isCompatible(one: When, other: When): boolean {
  return (
    one.approximate ||
    other.approximate ||
    (earliest(one) < latest(other) && earliest(other) < latest(one)) ||
    earliest(one) === earliest(other)
  );
}
