import { quote } from "#lib/parse/quote.ts";
import type { Finding, Rule, Subject } from "../rule.ts";

/** The first parts of the site's own addresses. */
const OWN =
  /^\/(?:$|(?:_next|api|assets|badge\.svg|calendar\.ics|components|embed|embed\.js|favicon\.svg|feed\.json|files|healthz|history|history\.(?:atom|rss)|incidents|insights|live|llms\.txt|maintenance|operator|readyz|reports|robots\.txt|search|sitemap\.xml|subscribe|subscriptions|wallboard)(?:\/|$))/;

export const redirect: Rule = {
  id: "redirect",
  severity: "error",
  summary: "A former address is not an address the site itself needs.",
  *check(subject) {
    for (const [index, path] of subject.entry.redirects.entries()) {
      const place = subject.parsed.placeOf(["redirects", index]);
      const former = /^\/incidents\/([^/]+)\/?$/.exec(path)?.[1];
      if (former !== undefined) yield* checkFormer(former, place, subject);
      else if (OWN.test(path.toLowerCase())) {
        yield {
          place,
          message: `${quote(path)} is one of the site's own pages.`,
          remedy: "Name only addresses this incident had before, such as /issues/2020-05-01-name/.",
        };
      }
    }
  },
};

/** A page of incidents may have been this one's, under another name. */
function* checkFormer(slug: string, place: Finding["place"], { entry, slugs }: Subject): Generator<Finding> {
  const [owner] = slugs.get(slug.toLowerCase()) ?? [];
  if (slug.toLowerCase() === entry.slug.toLowerCase()) {
    yield { place, message: "The address leads to itself.", remedy: "Remove it: the incident has this address already." };
  } else if (owner !== undefined) {
    yield {
      place,
      message: `The address is that of another incident, ${owner}.`,
      remedy: "Remove it, or correct the name.",
      related: { file: owner, line: 1, column: 1 },
    };
  }
}
