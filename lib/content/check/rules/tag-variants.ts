import { quote } from "#lib/content/parse/quote.ts";
import type { Place } from "#lib/model/problem.ts";
import type { Rule } from "../rule.ts";

interface Tag {
  readonly tag: string;
  readonly place: Place;
}

export const tagVariants: Rule = {
  id: "tag-variants",
  severity: "warning",
  summary: "A tag is spelled in one way.",
  why: "`E-mail`, `email` and `e-mail` are three tags to whoever filters by them. The spelling that most incidents use is taken for the right one.",
  *note({ entry, parsed }): Generator<Tag> {
    for (const [index, tag] of entry.tags.entries()) yield { tag, place: parsed.placeOf(["tags", index]) };
  },
  *compare(tags: readonly Tag[]) {
    const same = Map.groupBy(tags, ({ tag }) => tag.toLowerCase().replace(/[\s_-]+/g, ""));
    for (const group of same.values()) {
      const [usual, ...others] = [...Map.groupBy(group, ({ tag }) => tag).values()].sort((a, b) => b.length - a.length);
      for (const { tag, place } of others.flat()) {
        yield {
          place,
          message: `The tag ${quote(tag)} is spelled ${quote(usual?.[0]?.tag ?? "")} elsewhere.`,
          remedy: "Spell it in one way, so that filters find all of them.",
        };
      }
    }
  },
  examples: {
    good: [
      {
        files: {
          "2026/one.md": `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
tags: [database]
---
`,
          "2026/two.md": `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
tags: [database, network]
---
`,
        },
      },
    ],
    bad: [
      [
        {
          files: {
            "2026/one.md": `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
tags: [data-base]
---
`,
            "2026/two.md": `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
tags: [Data base]
---
`,
          },
        },
        "2026/two.md:4:8 The tag “Data base” is spelled “data-base” elsewhere.",
      ],
    ],
  },
};
