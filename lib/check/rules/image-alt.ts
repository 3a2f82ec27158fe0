import type { Rule } from "../rule.ts";

export const imageAlt: Rule = {
  id: "image-alt",
  severity: "warning",
  summary: "An image says in words what it shows.",
  *check({ mentions }) {
    for (const { kind, alt, place } of mentions) {
      if (kind !== "image" || alt.trim() !== "") continue;
      yield {
        place,
        message: "The image has no alternative text.",
        remedy: "Say in the square brackets what the image shows, as in ![Error rate rising at 09:12](errors.png).",
      };
    }
  },
};
