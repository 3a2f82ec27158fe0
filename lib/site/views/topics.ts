import type { Site } from "#lib/model/site.ts";
import { actionsFeed, componentFeed, eventFeed, type Feed, reportsFeed, siteFeed } from "./feed.ts";
import { historyOf } from "./history.ts";

/**
 * The addresses of every feed that has other entries in one Site than in another: what a WebSub hub is told of.
 * @param slugs of the events that can differ
 */
export function changedTopics(before: Site, after: Site, slugs: readonly string[]): string[] {
  const known = new Map(feedsOf(before, slugs).map((feed) => [feed.paths.atom, newsOf(feed)]));
  return feedsOf(after, slugs)
    .filter((feed) => newsOf(feed) !== (known.get(feed.paths.atom) ?? "[]"))
    .flatMap(({ paths }) => [paths.atom, paths.rss, paths.json].map((path) => after.config.url + path));
}

function feedsOf(site: Site, slugs: readonly string[]): Feed[] {
  const { bySlug } = historyOf(site);
  return [
    siteFeed(site),
    reportsFeed(site),
    actionsFeed(site),
    ...site.config.components.map((component) => componentFeed(site, component)),
    ...slugs.flatMap((slug) => bySlug.get(slug) ?? []).map((event) => eventFeed(site, event)),
  ];
}

function newsOf({ entries }: Feed): string {
  return JSON.stringify(entries);
}
