import { expect, test, vi } from "vitest";
import type { Site } from "#lib/model/site.ts";
import { componentBadge, siteBadge } from "#lib/site/views/badge.ts";
import { calendar } from "#lib/site/views/calendar.ts";
import { eventCard, siteCard } from "#lib/site/views/card.ts";
import { llms } from "#lib/site/views/crawlers.ts";
import { oembed } from "#lib/site/views/embed.ts";
import { actionsFeed, componentFeed, eventFeed, type Feed, reportsFeed, siteFeed } from "#lib/site/views/feed.ts";
import { atom } from "#lib/site/views/feed-xml.ts";
import { historyOf } from "#lib/site/views/history.ts";
import { manifest } from "#lib/site/views/manifest.ts";
import { busySite, emptySite, quietSite } from "./foreign-site.ts";
import { hardCodedIn, spokenIn } from "./spoken.ts";

// Feeds, calendars, pictures and texts speak a language that nobody does: what is in plain letters was written into the code.
vi.mock("#lib/messages/en.ts", async (original) => {
  const { pseudo } = await import("./pseudo.ts");
  const { EN } = await original<typeof import("#lib/messages/en.ts")>();
  return { EN: pseudo(EN) };
});

const SITES: readonly (readonly [string, Site])[] = [
  ["busy", busySite()],
  ["quiet", quietSite()],
  ["empty", emptySite()],
];

const found = (texts: readonly string[]) => texts.filter((text) => hardCodedIn(text).length > 0);
const eventsOf = (site: Site) => historyOf(site).events;
const components = (site: Site) => site.groups.flatMap((group) => group.components);

/** Everything a feed says, but for the time and the state of an update, which programs read. */
function textsOf({ entries, title }: Feed): string[] {
  const bare = (html: string) => html.replace(/<small>[^<]*<\/small>/g, "");
  return [title, ...entries.flatMap((entry) => [entry.title, ...spokenIn(bare(entry.html))])];
}

test.each(SITES)("feeds of the %s site say nothing that is not in the catalogue", (_name, site) => {
  const feeds = [
    siteFeed(site),
    reportsFeed(site),
    actionsFeed(site),
    ...site.config.components.map((component) => componentFeed(site, component)),
    ...eventsOf(site).map((event) => eventFeed(site, event)),
  ];
  expect(found(feeds.flatMap(textsOf))).toEqual([]);
  expect(found([/<subtitle[^>]*>([^<]*)</.exec(atom(siteFeed(site), site))?.[1] ?? "missing"])).toEqual([]);
});

test.each(SITES)("calendars of the %s site say nothing that is not in the catalogue", (_name, site) => {
  const lines = [undefined, ...site.config.components]
    .flatMap((component) => calendar(site, component).replace(/\r\n /g, "").split("\r\n"))
    .filter((line) => /^(?:SUMMARY|DESCRIPTION|NAME|X-WR-CALNAME|CATEGORIES)[:;]/.test(line));
  expect(lines.length).toBeGreaterThanOrEqual(2);
  expect(found(lines.map((line) => line.replace(/^[^:]*:/, "").replaceAll("\\n", " ")))).toEqual([]);
});

test.each(SITES)("cards and badges of the %s site say nothing that is not in the catalogue", (_name, site) => {
  const cards = [siteCard(site), ...eventsOf(site).map((event) => eventCard(event, site))];
  expect(found(cards.flatMap(({ title, state, when }) => [title, state, when.replace(/^\S+\.example$/, "")]))).toEqual(
    [],
  );
  const badges = [
    siteBadge(site, "flat"),
    ...components(site).map((component) => componentBadge(component, "flat", site.config.locale)),
  ];
  expect(found(badges.flatMap(spokenIn))).toEqual([]);
});

test.each(SITES)(
  "what the %s site tells programs of itself says nothing that is not in the catalogue",
  (_name, site) => {
    const { name, description } = manifest(site) as Readonly<Record<string, string>>;
    const { title } = oembed(site, {}) as Readonly<Record<string, string>>;
    expect(found([name, description, title].map(String))).toEqual([]);
    const bare = llms(site).replace(/`[^`]*`|\]\([^)]*\)/g, " ");
    expect(found(bare.split("\n"))).toEqual([]);
  },
);
