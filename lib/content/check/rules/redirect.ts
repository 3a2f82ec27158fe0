import { quote } from "#lib/content/parse/quote.ts";
import type { Finding, Rule, RuleContext } from "../rule.ts";

/** The site's own addresses, with everything below them. */
const OWN_TREES = /^\/(?:_next|api|assets|components|files|history|incidents|operator|subscriptions)(?:\/|$)/;

/** Its other pages and files, which have nothing below them. */
const OWN_PAGES =
  /^\/(?:badge\.svg|calendar\.ics|embed(?:\.js)?|favicon\.svg|feed\.json|healthz|history\.(?:atom|rss)|index\.html|404\.html|_headers|insights|live|llms\.txt|maintenance|readyz|reports|robots\.txt|search|sitemap\.xml|subscribe|wallboard)?\/?$/;

export const redirect: Rule = {
  id: "redirect",
  severity: "error",
  summary: "A former address is not an address the site itself needs.",
  why: "`redirects` lists addresses that this page had before, so that old links go on working. Pages that the site has itself, and addresses of other incidents, cannot be taken.",
  *check(subject) {
    for (const [index, path] of subject.entry.redirects.entries()) {
      const place = subject.parsed.placeOf(["redirects", index]);
      const former = /^\/incidents\/([^/]+)\/?$/.exec(path)?.[1];
      if (former !== undefined) yield* checkFormer(former, place, subject);
      else if (OWN_TREES.test(path.toLowerCase()) || OWN_PAGES.test(path.toLowerCase())) {
        yield {
          place,
          message: `${quote(path)} is one of the site's own pages.`,
          remedy: "Name only addresses this incident had before, such as /issues/2020-05-01-name/.",
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
redirects: [/issues/2020-05-01-old-name/, /incidents/old-name]
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
redirects: [/history]
---
`,
        "4:13 “/history” is one of the site's own pages.",
      ],
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
redirects: [/incidents/example]
---
`,
        "4:13 The address leads to itself.",
      ],
    ],
  },
};

/** A page of incidents may have been this one's, under another name. */
function* checkFormer(slug: string, place: Finding["place"], { entry, slugs }: RuleContext): Generator<Finding> {
  const [owner] = slugs.get(slug.toLowerCase()) ?? [];
  if (slug.toLowerCase() === entry.slug.toLowerCase()) {
    yield {
      place,
      message: "The address leads to itself.",
      remedy: "Remove it: the incident has this address already.",
    };
  } else if (owner !== undefined) {
    yield {
      place,
      message: `The address is that of another incident, ${owner}.`,
      remedy: "Remove it, or correct the name.",
      related: { file: owner, line: 1, column: 1 },
    };
  }
}
