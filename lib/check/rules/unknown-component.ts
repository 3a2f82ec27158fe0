import { closest } from "fastest-levenshtein";
import type { Finding, Rule, Subject } from "../rule.ts";

export const unknownComponent: Rule = {
  id: "unknown-component",
  severity: "error",
  summary: "Every component an incident names is one that site.yaml has.",
  *check({ entry, parsed, config }) {
    const known = config.components.map(({ id }) => id);
    for (const id of Object.keys(entry.components)) {
      if (!known.includes(id)) yield finding(id, known, listPlace(entry.components, id, parsed));
    }
    for (const [index, update] of entry.updates.entries()) {
      for (const id of Object.keys(update.components)) {
        if (!known.includes(id)) yield finding(id, known, parsed.placeOf(["updates", index, "components", id]));
      }
    }
  },
};

/** A plain list of ids has positions; a mapping has keys. */
function listPlace(components: Subject["entry"]["components"], id: string, parsed: Subject["parsed"]) {
  return components[id] === null
    ? parsed.placeOf(["components", Object.keys(components).indexOf(id)])
    : parsed.placeOf(["components", id]);
}

function finding(id: string, known: readonly string[], place: Finding["place"]): Finding {
  const hint = known.length > 0 ? `Did you mean “${closest(id, known as string[])}”? ` : "";
  return {
    place,
    message: `site.yaml has no component “${id}”.`,
    remedy: `${hint}Use an id from site.yaml, or add the component there.`,
  };
}
