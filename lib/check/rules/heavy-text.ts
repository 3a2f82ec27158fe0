import { findExcess } from "#lib/markdown/limits.ts";
import { textsOf } from "../mentions.ts";
import type { Rule } from "../rule.ts";

export const heavyText: Rule = {
  id: "heavy-text",
  severity: "error",
  summary: "The texts of a file are no larger and no more intricate than can be shown at once.",
  *check({ entry, parsed }) {
    const texts = textsOf(entry);
    const excess = findExcess(texts.map(([, text]) => text));
    if (!excess) return;
    const { text, offset, message, remedy } = excess;
    yield { place: parsed.placesInText(texts[text]?.[0] ?? "body")(offset), message, remedy };
  },
};
