import type { Rule } from "../rule.ts";

export const duplicateSlug: Rule = {
  id: "duplicate-slug",
  severity: "error",
  summary: "No two files have the same name, in whatever folders: both would have the same address.",
  *check({ entry, parsed, slugs }) {
    const [first] = slugs.get(entry.slug.toLowerCase()) ?? [];
    if (first === undefined || first === entry.file) return;
    yield {
      place: { ...parsed.placeOf([]), line: 1, column: 1 },
      message: `The address “${entry.slug}” is already taken by ${first}.`,
      remedy: "Rename this file; the other one keeps the address it has.",
      related: { file: first, line: 1, column: 1 },
    };
  },
};
