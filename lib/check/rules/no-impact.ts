import type { Rule } from "../rule.ts";

export const noImpact: Rule = {
  id: "no-impact",
  severity: "warning",
  summary: "An incident that lists components says what happened to them.",
  *check({ entry, parsed }) {
    if (entry.scheduled || entry.impact !== undefined) return;
    const named = [entry.components, ...entry.updates.map(({ components }) => components)];
    const effects = named.flatMap((components) => Object.values(components));
    if (effects.length === 0 || effects.some((effect) => effect !== null)) return;
    yield {
      place: parsed.placeOf(["components"]),
      message: "There is neither an impact nor an effect, so readers are told that all is well.",
      remedy:
        "Add “impact: minor”, “major” or “critical”, or an effect for each component; “impact: none” if all is well.",
    };
  },
};
