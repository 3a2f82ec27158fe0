import { isOver } from "#lib/model/course.ts";
import type { Place } from "#lib/model/problem.ts";
import type { Rule } from "../rule.ts";

/** When one component is worked on. */
interface Window {
  readonly component: string;
  readonly from: number;
  readonly to: number;
  readonly place: Place;
}

export const overlappingMaintenance: Rule = {
  id: "overlapping-maintenance",
  severity: "warning",
  summary: "No component has two maintenances at the same time.",
  why: "Two crews on one component surprise each other, and customers cannot tell which of them is late. Only windows that are still to end are compared.",
  *note({ entry, parsed, now }): Generator<Window> {
    if (!entry.scheduled || entry.scheduled.end.at <= now || isOver(entry, now)) return;
    const { start, end } = entry.scheduled;
    const place = parsed.placeOf(["scheduled"]);
    for (const component of Object.keys(entry.components)) yield { component, from: start.at, to: end.at, place };
  },
  *compare(windows: readonly Window[]) {
    const last = new Map<string, Window>();
    for (const window of windows.toSorted((a, b) => a.from - b.from)) {
      const before = last.get(window.component);
      if (before && window.from < before.to) {
        yield {
          place: window.place,
          message: `“${window.component}” has another maintenance at this time, in ${before.place.file}.`,
          remedy: "Move one of the two, or make them one.",
          related: before.place,
        };
      }
      if (!before || window.to > before.to) last.set(window.component, window);
    }
  },
  examples: {
    good: [
      {
        files: {
          "2027/one.md": `
---
title: Requests to the API fail
components: [api]
scheduled: { start: 2027-01-10T22:00Z, end: 2027-01-10T23:00Z }
---
`,
          "2027/two.md": `
---
title: Requests to the API fail
components: [api]
scheduled: { start: 2027-01-10T23:00Z, end: 2027-01-10T23:30Z }
---
`,
        },
      },
      {
        files: {
          "2027/one.md": `
---
title: Requests to the API fail
components: [api]
scheduled: { start: 2027-01-10T22:00Z, end: 2027-01-10T23:00Z }
updates:
  - { at: 2026-01-01T10:00Z, status: cancelled, body: We do it with the other work. }
---
`,
          "2027/two.md": `
---
title: Requests to the API fail
components: [api]
scheduled: { start: 2027-01-10T22:00Z, end: 2027-01-10T23:30Z }
---
`,
        },
      },
    ],
    bad: [
      [
        {
          files: {
            "2027/one.md": `
---
title: Requests to the API fail
components: [api]
scheduled: { start: 2027-01-10T22:00Z, end: 2027-01-10T23:00Z }
---
`,
            "2027/two.md": `
---
title: Requests to the API fail
components: [api, web]
scheduled: { start: 2027-01-10T22:30Z, end: 2027-01-10T23:30Z }
---
`,
          },
        },
        "2027/two.md:4:12 “api” has another maintenance at this time, in 2027/one.md.",
      ],
    ],
  },
};
