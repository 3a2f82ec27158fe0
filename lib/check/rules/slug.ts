import type { Rule } from "../rule.ts";

export const slug: Rule = {
  id: "slug",
  severity: "error",
  summary: "A file's name is its permanent address: letters, digits, hyphens, dots and underscores, at most 120.",
  *check({ entry, parsed }) {
    if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/.test(entry.slug)) return;
    yield {
      place: { ...parsed.placeOf([]), line: 1, column: 1 },
      message: `“${entry.slug.slice(0, 130)}” cannot be an address.`,
      remedy:
        "Rename the file, as in 2017-08-23-wrong-screens.md: letters, digits and hyphens, at most 120 characters.",
    };
  },
};
