import type { Site } from "#lib/model/site.ts";
import { feedOf } from "./feed.ts";

/** `/feed.json` (JSON Feed 1.1). */
export function jsonFeed(site: Site): string {
  const { title, home, entries } = feedOf(site);
  const { name, description, locale } = site.config;
  const feed = {
    version: "https://jsonfeed.org/version/1.1",
    title,
    home_page_url: home,
    feed_url: `${home}/feed.json`,
    ...(description ? { description } : {}),
    language: locale,
    authors: [{ name, url: home }],
    items: entries.map(({ event, url, tag, published, updated, html }) => ({
      id: tag,
      url,
      title: event.title,
      content_html: html,
      date_published: new Date(published).toISOString(),
      date_modified: new Date(updated).toISOString(),
      ...(event.tags.length > 0 ? { tags: event.tags } : {}),
    })),
  };
  return `${JSON.stringify(feed, null, 2)}\n`;
}
