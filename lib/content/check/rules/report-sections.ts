import type { SiteConfig } from "#lib/model/config.ts";
import { headingsIn, reportIn } from "../prose.ts";
import type { Rule } from "../rule.ts";

/** In characters. */
const SHORT = 800;

/** What a section is on, and the headings that are about it. */
type Section = readonly [on: string, heading: RegExp];

const USUAL: readonly Section[] = [
  ["what happened", /summary|impact|what happened|overview|description|introduction|background/],
  ["the cause", /cause|why|trigger|what went wrong|analysis|explanation/],
  ["what follows", /next|further|action|follow|lesson|learn|prevent|improve|remed|less likely|corrective|future/],
];

export const reportSections: Rule = {
  id: "report-sections",
  severity: "warning",
  summary: "A final report says what happened, why, and what follows.",
  why: "Those are the three questions that every reader of a report has. A heading for each is looked for by its usual names (summary, impact; cause; next steps, lessons, actions), in English. `reports: { sections: [Summary, Root cause, Next steps] }` in site.yaml asks for your own instead, and `sections: []` for none.",
  *check({ entry, parsed, prose, config }) {
    const report = reportIn(prose);
    if (!report || entry.report?.status !== "final" || entry.scheduled) return;
    const headings = headingsIn(report);
    // A report of a few sentences needs none.
    if (!config.reports.sections && headings.length === 0 && report.words.length < SHORT) return;
    const names = headings.map(({ name }) => name.toLowerCase());
    const missing = wantedBy(config).filter(([, pattern]) => !names.some((name) => pattern.test(name)));
    if (missing.length === 0) return;
    yield {
      place: parsed.placeOf(["report"]),
      message: `The final report has no section on ${missing.map(([name]) => name).join(", or on ")}.`,
      remedy: "Add a heading with what is known of it; leave the report “preliminary” until it is.",
    };
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
report: { status: final }
---

## Summary

Requests failed.

## Root cause

A cache was full.

## Next steps

We watch the cache.
`,
      {
        files: {
          "2026/example.md": `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
report: { status: final }
---

## Ursache

Ein Speicher war voll.
`,
        },
        site: "reports: { sections: [Ursache] }\n",
      },
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
report: { status: final }
---

## Summary

Requests failed.
`,
        "4:9 The final report has no section on the cause, or on what follows.",
      ],
    ],
  },
};

function wantedBy({ reports, locale }: SiteConfig): readonly Section[] {
  if (!reports.sections) return /^en\b/i.test(locale) ? USUAL : [];
  return reports.sections.map((name) => [
    `“${name}”`,
    new RegExp(name.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, "\\$&")),
  ]);
}
