import { quote } from "#lib/content/parse/quote.ts";
import { suggestion } from "#lib/content/parse/suggestion.ts";
import { componentOf } from "#lib/model/component-ids.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import type { Finding, Rule } from "../rule.ts";

export const unknownComponent: Rule = {
  id: "unknown-component",
  severity: "error",
  summary: "Every component an incident names is one that site.yaml has.",
  why: "Customers know components by the names in site.yaml. An id that is not there is shown nowhere and told to nobody.",
  *check({ entry, parsed, config }) {
    const known = idsOf(config);
    for (const [index, [id, effect]] of Object.entries(entry.components).entries()) {
      if (known.has(id)) continue;
      // A plain list of ids has positions; a mapping has keys.
      const path = ["components"];
      yield finding(id, config, effect === null ? parsed.placeOf([...path, index]) : parsed.placeOfKey(path, id));
    }
    for (const [index, update] of entry.updates.entries()) {
      for (const id of Object.keys(update.components)) {
        if (!known.has(id)) yield finding(id, config, parsed.placeOfKey(["updates", index, "components"], id));
      }
    }
    for (const [index, { component }] of (entry.harm ?? []).entries()) {
      if (component === undefined || known.has(component)) continue;
      yield finding(component, config, parsed.placeOf(["harm", index, "component"]));
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
components: { api: partial_outage }
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
components: { apis: partial_outage }
---
`,
        "4:15 The component “apis” is not in site.yaml.",
      ],
    ],
  },
};

/** The same for every file of a site, which may have hundreds. */
const idsBySite = new WeakMap<SiteConfig, ReadonlySet<string>>();

function idsOf(config: SiteConfig): ReadonlySet<string> {
  const ids = idsBySite.get(config) ?? new Set(config.components.map(({ id }) => id));
  idsBySite.set(config, ids);
  return ids;
}

function finding(id: string, config: SiteConfig, place: Finding["place"]): Finding {
  const now = componentOf(config, id);
  if (now) {
    const message = `The component ${quote(id)} has another id by now.`;
    return { place, message, remedy: `Write ${quote(now.id)}, as site.yaml does.` };
  }
  const known: readonly string[] = config.components.map((component) => component.id);
  const some = known.length > 12 ? `${known.slice(0, 12).join(", ")} …` : known.join(", ");
  const has = known.length === 0 ? "There are none yet: add it there." : `Known components are ${some}.`;
  return {
    place,
    message: `The component ${quote(id)} is not in site.yaml.`,
    remedy: `${suggestion(id, known)}${has}`,
  };
}
