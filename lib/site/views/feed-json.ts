import { siteDescription } from "#lib/messages/naming.ts";
import type { Site } from "#lib/model/site.ts";
import type { Feed } from "./feed.ts";

/** JSON Feed 1.1. */
export function jsonFeed({ title, home, paths, entries }: Feed, site: Site): string {
  const { name, url, locale, hub } = site.config;
  const feed = {
    version: "https://jsonfeed.org/version/1.1",
    title,
    home_page_url: home,
    feed_url: url + paths.json,
    description: siteDescription(site.config),
    language: locale,
    authors: [{ name, url }],
    ...(hub === undefined ? {} : { hubs: [{ type: "WebSub", url: hub }] }),
    items: entries.map((entry) => ({
      id: entry.tag,
      url: entry.url,
      title: entry.title,
      content_html: entry.html,
      date_published: new Date(entry.published).toISOString(),
      date_modified: new Date(entry.updated).toISOString(),
      ...(entry.tags.length > 0 ? { tags: entry.tags } : {}),
    })),
  };
  return `${JSON.stringify(feed, null, 2)}\n`;
}
