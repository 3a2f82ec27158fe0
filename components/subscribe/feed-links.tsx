import { languageIn, messagesIn } from "#lib/messages/messages.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import { Sentence } from "../sentence/sentence.tsx";

/** The feeds of the site, with the names of their forms. */
export const FEEDS = [
  ["Atom", "/history.atom"],
  ["RSS", "/history.rss"],
  ["JSON Feed", "/feed.json"],
] as const;

/** Where to follow the site without giving an address. */
export function FeedLinks({ config: { locale } }: { readonly config: SiteConfig }) {
  const list = new Intl.ListFormat(languageIn(locale), { type: "disjunction" });
  const hrefs: ReadonlyMap<string, string> = new Map(FEEDS);
  const feeds = list.formatToParts(hrefs.keys()).map(({ type, value }) =>
    type === "element" ? (
      <a key={value} href={hrefs.get(value)}>
        {value}
      </a>
    ) : (
      value
    ),
  );
  return <Sentence>{messagesIn(locale).signUp.feedList({ feeds: <>{feeds}</> })}</Sentence>;
}
