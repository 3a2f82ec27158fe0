import { reportIn } from "../prose.ts";
import type { Rule } from "../rule.ts";

/** Lines that only front matter has. */
const KEYS = /^(?: +- at: .*\d|(?:updates|components|started|detected|ended|impact|actions|redirects|scheduled):)/m;

export const cutFrontMatter: Rule = {
  id: "cut-front-matter",
  severity: "error",
  summary: "No line of the front matter is `---`.",
  why: "A line `---` ends the front matter wherever it stands, also in the middle of an update's text. The keys behind it would be shown to readers as the report. Indent the line as far as the text around it, or write `***` for a rule.",
  *check({ entry, prose }) {
    const report = reportIn(prose);
    const end = report?.words.search(/^---[ \t]*$/m) ?? -1;
    if (!report || end === -1) return;
    const key = KEYS.exec(report.words.slice(0, end));
    if (!key || entry.body === "") return;
    yield {
      place: report.placeAt(key.index + key[0].search(/\S/)),
      message: "This looks like front matter, but a line “---” above it has ended the front matter.",
      remedy: "Indent that line with the text it stands in, or write “***” instead.",
    };
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
updates:
  - at: 2026-03-02T10:00Z
    status: resolved
    body: |
      Requests succeed again.

      ---

      This was a test.
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
    body: |
      A cache is full.
---
      It is being emptied.
  - at: 2026-03-02T11:00Z
    status: resolved
    body: Requests succeed again.
---
`,
        "10:3 This looks like front matter, but a line “---” above it has ended the front matter.",
      ],
    ],
  },
};
