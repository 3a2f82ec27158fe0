import type { Rule } from "../rule.ts";

export const emptyReport: Rule = {
  id: "empty-report",
  severity: "error",
  summary: "A report that is declared is also written.",
  *check({ entry, parsed }) {
    if (!entry.report || entry.body !== "") return;
    yield {
      place: parsed.placeOf(["report"]),
      message: `A ${entry.report.status} report is declared, but there is no text below the front matter.`,
      remedy: "Write the report below the closing “---”, or remove “report” until there is one.",
    };
  },
};
