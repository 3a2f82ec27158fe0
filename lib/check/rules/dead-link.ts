import { assetPath } from "#lib/markdown/asset-path.ts";
import { quote } from "#lib/parse/quote.ts";
import type { Rule } from "../rule.ts";

export const deadLink: Rule = {
  id: "dead-link",
  severity: "error",
  summary: "A relative link leads to another incident's file.",
  *check({ entry, mentions, paths, slugs }) {
    for (const { kind, value, place } of mentions) {
      if (kind !== "link" || value === "" || /^(?:[a-z][a-z0-9+.-]*:|\/|#|\?)/i.test(value)) continue;
      const path = assetPath(entry.file, value);
      const slug = path?.replace(/^.*\//, "").replace(/\.md$/, "").toLowerCase() ?? "";
      if (path?.endsWith(".md") && paths.has(path) && slugs.has(slug)) continue;
      yield {
        place,
        message: `The link ${quote(value)} leads nowhere.`,
        remedy: "Link to another incident by its file (../2017/wrong-screens.md), or write the whole web address.",
      };
    }
  },
};
