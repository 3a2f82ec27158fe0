import { quote } from "#lib/parse/quote.ts";
import type { Rule } from "../rule.ts";

export const unknownDirective: Rule = {
  id: "unknown-directive",
  severity: "error",
  summary: "The only directive is ::timeline.",
  *check({ mentions }) {
    for (const { kind, value, place } of mentions) {
      if (kind !== "directive" || value === "::timeline") continue;
      yield {
        place,
        message: `There is no directive ${quote(value)}.`,
        remedy:
          "Write “::timeline” for the timeline's figure; to show colons at the start of a line, put a backslash before them.",
      };
    }
  },
};
