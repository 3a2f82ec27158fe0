import type { Place } from "#lib/model/problem.ts";
import type { Rule } from "../rule.ts";

interface Claim {
  readonly path: string;
  readonly place: Place;
}

export const sharedRedirect: Rule = {
  id: "shared-redirect",
  severity: "error",
  summary: "A former address belongs to one incident.",
  why: "A former address can lead to one page only. Leave it with the incident that really had it.",
  *note({ entry, parsed }): Generator<Claim> {
    for (const [index, path] of entry.redirects.entries()) {
      yield { path: path.replace(/(?<=.)\/$/, "").toLowerCase(), place: parsed.placeOf(["redirects", index]) };
    }
  },
  *compare(claims: readonly Claim[]) {
    const first = new Map<string, Claim>();
    for (const claim of claims) {
      const other = first.get(claim.path);
      if (!other) first.set(claim.path, claim);
      // Written twice in one file, once with other capitals, it still leads to one page.
      else if (other.place.file !== claim.place.file) {
        yield {
          place: claim.place,
          message: `The address is claimed already, by ${other.place.file}.`,
          remedy: "Leave it with the incident that had it.",
          related: other.place,
        };
      }
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
redirects: [/issues/AbC, /issues/abc/]
---
`,
      {
        files: {
          "2026/one.md": `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
redirects: [/issues/1]
---
`,
          "2026/two.md": `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
redirects: [/issues/2]
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
redirects: [/issues/1]
---
`,
            "2026/two.md": `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
redirects: [/issues/1/]
---
`,
          },
        },
        "2026/two.md:4:13 The address is claimed already, by 2026/one.md.",
      ],
    ],
  },
};
