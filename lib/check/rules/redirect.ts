import type { Rule } from "../rule.ts";

const OWN_PATHS =
  /^\/(?:$|incidents(?:\/|$)|history|components(?:\/|$)|reports$|maintenance$|api\/|files\/|_next\/|assets\/)/;

export const redirect: Rule = {
  id: "redirect",
  severity: "error",
  summary: "A former address is not an address the site itself needs.",
  *check({ entry, parsed }) {
    for (const [index, path] of entry.redirects.entries()) {
      const former = /^\/incidents\/[^/]+\/?$/.test(path);
      if (!OWN_PATHS.test(path) || (former && !path.endsWith(`/${entry.slug}`))) continue;
      yield {
        place: parsed.placeOf(["redirects", index]),
        message: `“${path}” is one of the site's own pages.`,
        remedy: "Name only addresses this incident had before, such as /issues/2020-05-01-name/.",
      };
    }
  },
};
