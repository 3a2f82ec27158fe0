import type { PublishedEntry, Site } from "#lib/model/site.ts";
import { compile } from "#lib/site/compile/compile.ts";
import { contentOf } from "../render/site.ts";

/**
 * A site on which everything there is to show is shown, and whose authors write in Greek letters; dates and numbers are
 * Japanese. Whatever is in Latin letters on it is therefore ours.
 */
export const NOW = Date.parse("2026-11-22T12:00Z");

const SITE = `
name: Λάμδα
url: https://status.lumen.example
description: ""
timezone: Asia/Tokyo
locale: ja
support: { email: help@lumen.example, url: https://lumen.example/help }
reports: { preliminary_within: 72h, final_within: 14d }
regions: [{ id: eu, name: Ευρώπη }]
components:
  - { id: api, name: Άλφα, group: Ομάδα, since: 2020-03-01 }
  - { id: web, name: Βήτα, group: Ομάδα }
  - { id: mail, name: Γάμμα, description: Γράμματα }
`;

const REPORT = `Πρώτο.

## Τι

> [!WARNING]
> Προσοχή.

> [!NOTE]
> Σημείωση.

| α | β |
|---|---|
| γ | δ |

- [x] έγινε
- [ ] όχι[^1]

[^1]: Κάτω.

## Πώς

![εικόνα](https://elsewhere.example/α.png) ![](1.2)

::timeline

## Γιατί

Επειδή.
`;

const file = (front: Readonly<Record<string, unknown>>, report = "") => `---\n${JSON.stringify(front)}\n---\n${report}`;
const said = (at: string, status: string, more: object = {}) => ({ at, status, body: `Λόγια ${at.length}.`, ...more });
const work = (title: string, start: string, end: string, more: object = {}) =>
  file({ title, components: ["mail"], scheduled: { start, end }, ...more });

const FILES = {
  "open.md": file({
    title: "Ανοιχτό",
    impact: "critical",
    components: { api: "major_outage", web: "degraded_performance" },
    started: "~2026-11-22T09:00Z",
    detected: "2026-11-22T09:10Z",
    updates: [
      said("2026-11-22T09:20Z", "investigating"),
      said("2026-11-22T10:00Z", "identified", { components: { web: "operational" } }),
      said("2026-11-22T11:00Z", "update", { next_update: "2026-11-22T11:30Z" }),
    ],
    next_update: "2026-11-22T12:30Z",
    expected_end: "2026-11-22T11:45Z",
  }),
  "second.md": file({
    title: "Άλλο",
    updates: [said("2026-11-22T11:00Z", "monitoring")],
    next_update: "2026-11-22T11:30Z",
    expected_end: "2026-11-22T15:00Z",
  }),
  "resolved.md": file(
    {
      title: "Κλειστό",
      components: { api: "partial_outage" },
      started: "2026-11-10T09:00Z",
      detected: "2026-11-10T09:10Z",
      updates: [
        said("2026-11-10T09:20Z", "investigating"),
        said("2026-11-10T10:00Z", "resolved"),
        said("2026-11-10T11:00Z", "investigating"),
        said("2026-11-10T12:00Z", "resolved"),
        said("2026-11-11T12:00Z", "update"),
      ],
      phases: { fault: "2026-11-09T11:00Z", declared: "2026-11-10T11:10Z", mitigated: "2026-11-10T11:40Z" },
      trigger: { kind: "change", what: "Αλλαγή" },
      factors: [
        { id: "a", what: "Πρώτο" },
        { id: "b", what: "Δεύτερο" },
      ],
      safeguards: { held: ["Κράτησε"], failed: ["Απέτυχε"], luck: ["Τύχη"] },
      unknowns: [
        { what: "Κάτι", why: "Γιατί", due: "2026-12-24" },
        { what: "Άλλο", answer: "Απάντηση" },
      ],
      harm: [
        {
          who: "Πελάτες",
          component: "api",
          region: "eu",
          saw: "Λάθη",
          share: "all",
          from: "2026-11-10T11:00Z",
          to: "2026-11-10T11:30Z",
          do: "nothing",
        },
        { who: "Άλλοι", region: "eu", from: "2026-11-10T11:00Z" },
        { who: "Μερικοί", component: "web", to: "2026-11-10T11:30Z" },
      ],
      tags: ["ετικέτα"],
      report: { status: "final", published: "2026-11-15" },
      actions: [
        { title: "Μία", kind: "prevent", owner: "Ομάδα", due: "2026-11-16" },
        { title: "Δύο", kind: "detect", due: "2026-12-16", was_due: ["2026-11-20"] },
        { id: "c", title: "Τρεις", kind: "limit", answers: "a" },
        { title: "Έγινε", kind: "tell", done: "2026-11-12" },
      ],
    },
    REPORT,
  ),
  "dates.md": file(
    {
      title: "Ημέρες",
      impact: "minor",
      started: "2026-11-01/2026-11-02",
      ended: "~2026-11-03",
      report: { status: "preliminary" },
      updates: [said("2026-11-02", "resolved")],
    },
    "Πρόχειρο.\n\n::timeline\n",
  ),
  "late-report.md": file({
    title: "Χωρίς",
    impact: "none",
    updates: [said("2026-11-05T10:00Z", "investigating"), said("2026-11-05T11:00Z", "resolved")],
  }),
  "due-report.md": file({
    title: "Αργότερα",
    impact: "major",
    updates: [said("2026-11-21T10:00Z", "investigating"), said("2026-11-21T11:00Z", "resolved")],
  }),
  "running.md": work("Τρέχει", "2026-11-22T11:00Z", "2026-11-22T13:00Z", {
    updates: [said("2026-11-22T11:00Z", "in_progress")],
  }),
  "overrun.md": work("Αργεί", "2026-11-22T09:00Z", "2026-11-22T10:00Z", {
    updates: [said("2026-11-22T09:00Z", "in_progress"), said("2026-11-22T09:50Z", "verifying")],
  }),
  "planned.md": work("Έρχεται", "2026-11-25T09:00Z", "2026-11-25T10:00Z", {
    updates: [said("2026-11-20T09:00Z", "scheduled")],
  }),
  "called-off.md": work("Όχι", "2026-11-26T09:00Z", "2026-11-26T10:00Z", {
    updates: [said("2026-11-20T09:00Z", "scheduled"), said("2026-11-21T09:00Z", "cancelled")],
  }),
  "broken-off.md": work("Κόπηκε", "2026-11-20T09:00Z", "2026-11-20T12:00Z", {
    updates: [said("2026-11-20T09:00Z", "in_progress"), said("2026-11-20T10:00Z", "cancelled")],
  }),
  "done.md": work("Τέλος", "2026-11-19T09:00Z", "2026-11-19T12:00Z", {
    updates: [
      said("2026-11-19T09:00Z", "in_progress"),
      said("2026-11-19T10:00Z", "completed"),
      said("2026-11-19T11:00Z", "update"),
    ],
  }),
};

/** Enough of them that lists go over several pages and boards count the rest. */
const MANY = Object.fromEntries(
  Array.from({ length: 60 }, (_, index) => [
    `many-${index}.md`,
    file(
      {
        title: `Πολλά ${index}`,
        started: `2025-0${1 + (index % 9)}-01T10:00Z`,
        ended: `2025-0${1 + (index % 9)}-01T11:00Z`,
        components: { mail: "partial_outage" },
        impact: "minor",
        report: { status: "final", published: "2025-12-01" },
      },
      "Λόγος.\n",
    ),
  ]),
);

function withPreliminary(entry: PublishedEntry): PublishedEntry {
  if (entry.file !== "resolved.md") return entry;
  const published = { kind: "day", on: "2026-11-12", startsAt: 0, endsAt: 1, approximate: false } as const;
  const body = REPORT.replace("Επειδή.", "Ίσως.").replace("- [x] έγινε\n", "- [x] έγινε\n- [x] κι άλλο\n");
  return { ...entry, preliminary: { body, published } };
}

/** Open incidents and work under way, among much that is over. */
export function busySite(): Site {
  const content = contentOf({ ...FILES, ...MANY }, { site: SITE });
  return compile({ ...content, entries: content.entries.map(withPreliminary) }, NOW);
}

/** A site on which little has happened. */
export function quietSite(): Site {
  const { "resolved.md": resolved } = FILES;
  return compile(contentOf({ "resolved.md": resolved }, { site: SITE }), NOW);
}

/** A site on which nothing has. */
export function emptySite(): Site {
  return compile(contentOf({}, { site: SITE }), NOW);
}
