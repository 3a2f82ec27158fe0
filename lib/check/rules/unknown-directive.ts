import type { Rule } from "../rule.ts";

export const unknownDirective: Rule = {
  id: "unknown-directive",
  severity: "error",
  summary: "The only directive is ::timeline.",
  *check({ mentions }) {
    for (const { kind, value, place } of mentions) {
      if (kind !== "directive" || value === "timeline") continue;
      yield {
        place,
        message: `There is no directive “::${value}”.`,
        remedy: "Write “::timeline” for the timeline's figure; to show two colons, put a backslash before them.",
      };
    }
  },
};
