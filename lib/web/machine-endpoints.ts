import type { Content, Site } from "#lib/model/site.ts";
import { ANSWERS, incidentAnswer, incidentPath } from "#lib/site/api/answers.ts";
import { documentOf } from "#lib/site/api/document.ts";
import { openapi } from "#lib/site/api/openapi.ts";
import { BADGE_STYLES, type BadgeStyle, componentBadge, siteBadge } from "#lib/site/views/badge.ts";
import { calendar } from "#lib/site/views/calendar.ts";
import { type Card, cardPath, eventCard, siteCard } from "#lib/site/views/card.ts";
import { llms, robots, sitemap } from "#lib/site/views/crawlers.ts";
import { EMBED_POLICY, embedPage, oembed, sizeIn } from "#lib/site/views/embed.ts";
import { entryMarkdown } from "#lib/site/views/entry-markdown.ts";
import {
  actionsFeed,
  componentFeed,
  eventFeed,
  type Feed,
  feedPaths,
  reportsFeed,
  siteFeed,
} from "#lib/site/views/feed.ts";
import { jsonFeed } from "#lib/site/views/feed-json.ts";
import { atom, rss } from "#lib/site/views/feed-xml.ts";
import { type AnyEvent, historyOf } from "#lib/site/views/history.ts";
import { ICONS, manifest } from "#lib/site/views/manifest.ts";
import { securityTxt } from "#lib/site/views/security-txt.ts";
import { drawCard } from "./card/draw-card.ts";
import { drawIcon, icoOf } from "./draw-icon.ts";
import type { GeneratedResponse } from "./serve/target.ts";

/** What programs are answered from. */
export interface Source {
  readonly site: Site;
  readonly content: Content;
}

/** Makes the answer at one address; `query` is what `interfaceQuery` left of it. */
export type Make = (source: Source, query: URLSearchParams) => GeneratedResponse | Promise<GeneratedResponse>;

/** Makes the answer at an address below that of some thing of the site. */
type MakeFor<T> = (source: Source, thing: T, query: URLSearchParams) => GeneratedResponse | Promise<GeneratedResponse>;

const of =
  (type: string) =>
  (body: string): GeneratedResponse => ({ type: `${type}; charset=utf-8`, body });

const atomType = of("application/atom+xml");
const rssType = of("application/rss+xml");
const jsonFeedType = of("application/feed+json");
const calendarType = of("text/calendar");
const plain = of("text/plain");
const json = (value: unknown): GeneratedResponse => of("application/json")(`${JSON.stringify(value)}\n`);

/** A drawing opened by itself may do nothing at all. */
const svg = (body: string): GeneratedResponse => ({
  type: "image/svg+xml",
  body,
  policy: "default-src 'none'; style-src 'unsafe-inline'; sandbox",
});

async function cardPng(card: Card): Promise<GeneratedResponse> {
  const body = await drawCard(card);
  if (body) return { type: "image/png", body };
  return { ...plain("Too many pictures are being drawn. Ask again in a moment.\n"), status: 503 };
}

/** A feed in its three forms. With a hub, each says where it is itself and who is told of its news (W3C WebSub, section 4). */
const FORMS = {
  atom: (feed: Feed, site: Site) => ({ ...atomType(atom(feed, site)), ...linksOf(feed.paths.atom, site) }),
  rss: (feed: Feed, site: Site) => ({ ...rssType(rss(feed, site)), ...linksOf(feed.paths.rss, site) }),
  json: (feed: Feed, site: Site) => ({ ...jsonFeedType(jsonFeed(feed, site)), ...linksOf(feed.paths.json, site) }),
};

function linksOf(path: string, { config: { hub, url } }: Site): { link?: string } {
  if (hub === undefined) return {};
  return { link: `<${new URL(hub).href}>; rel="hub", <${new URL(url + path).href}>; rel="self"` };
}

/** The three forms of a feed, by their addresses or the endings of these. */
const feeds = <T>(feedOf: (site: Site, about: T) => Feed, paths = feedPaths("")): [string, MakeFor<T>][] => [
  [paths.atom, ({ site }, about) => FORMS.atom(feedOf(site, about), site)],
  [paths.rss, ({ site }, about) => FORMS.rss(feedOf(site, about), site)],
  [paths.json, ({ site }, about) => FORMS.json(feedOf(site, about), site)],
];

/** How large the mark in a browser's tab is drawn, where it cannot show a drawing. */
const FAVICON_PX = 32;

const iconOf = (body: Uint8Array): GeneratedResponse => ({ type: "image/png", body });

const SECURITY_TXT = "/.well-known/security.txt";

const OF_SITE: ReadonlyMap<string, MakeFor<unknown>> = new Map<string, MakeFor<unknown>>([
  ...ANSWERS.map(({ path, of: answer }): [string, MakeFor<unknown>] => [path, ({ site }) => json(answer(site))]),
  ["/api/openapi.json", ({ site }) => json(openapi(site.config))],
  ...feeds(siteFeed),
  ...feeds(reportsFeed, feedPaths("/reports")),
  ...feeds(actionsFeed, feedPaths("/actions")),
  ["/calendar.ics", ({ site }) => calendarType(calendar(site))],
  ["/badge.svg", ({ site }, _, query) => svg(siteBadge(site, styleOf(query)))],
  ["/robots.txt", ({ site }) => plain(robots(site))],
  ["/llms.txt", ({ site }) => plain(llms(site))],
  ["/card.png", ({ site }) => cardPng(siteCard(site))],
  [
    ICONS.favicon,
    async ({ site }) => ({ type: "image/x-icon", body: icoOf(await drawIcon(site.state, FAVICON_PX), FAVICON_PX) }),
  ],
  [ICONS.touch, async ({ site }) => iconOf(await drawIcon(site.state, 180, true))],
  [ICONS.large, async ({ site }) => iconOf(await drawIcon(site.state, 512, true))],
  ["/site.webmanifest", ({ site }) => of("application/manifest+json")(`${JSON.stringify(manifest(site))}\n`)],
  [SECURITY_TXT, ({ site }) => plain(securityTxt(site) ?? "")],
  [
    "/embed",
    ({ site }, _, query) => ({ ...of("text/html")(embedPage(site, embedOptions(query))), policy: EMBED_POLICY }),
  ],
  ["/oembed", ({ site }, _, query) => oembedOf(site, query)],
  ["/sitemap.xml", ({ site }) => of("application/xml")(sitemap(site))],
]);

type Component = Site["groups"][number]["components"][number];

/** Below `/components/<id>`. */
const OF_COMPONENT: ReadonlyMap<string, MakeFor<Component>> = new Map<string, MakeFor<Component>>([
  ...feeds(componentFeed),
  ["/calendar.ics", ({ site }, component) => calendarType(calendar(site, component))],
  ["/badge.svg", ({ site }, component, query) => svg(componentBadge(component, styleOf(query), site.config.locale))],
]);

/** Below, or instead of, `/incidents/<slug>`. */
const OF_EVENT: ReadonlyMap<string, MakeFor<AnyEvent>> = new Map<string, MakeFor<AnyEvent>>([
  ...feeds(eventFeed),
  [".json", ({ site }, event) => json(documentOf(event, site))],
  ["/card.png", ({ site }, event) => cardPng(eventCard(event, site))],
  [".md", ({ content }, event) => markdownOf(content, event)],
]);

/** What there is for programs below the address of a component. */
export const COMPONENT_ENDINGS: readonly string[] = [...OF_COMPONENT.keys()];

/** What is published of an incident as a file; a draft of the same name, if there could be one, is not. */
function markdownOf({ entries }: Content, { slug }: AnyEvent): GeneratedResponse {
  const entry = entries.find((each) => each.slug === slug && !each.draft);
  if (!entry) throw new Error(`${slug} is shown and yet not published`);
  return of("text/markdown")(entryMarkdown(entry));
}

/** Every address with something for programs that stands without a query. */
export function interfacePaths(site: Site): string[] {
  return [
    ...[...OF_SITE.keys()].filter((path) => path !== "/oembed" && interfaceAt(site, path)),
    ...site.config.components.flatMap(({ id }) => COMPONENT_ENDINGS.map((end) => `/components/${id}${end}`)),
    ...eventsOf(site).flatMap((event) => [
      incidentPath(event),
      ...[...OF_EVENT.keys()].map((end) => `/incidents/${event.slug}${end}`).filter((path) => interfaceAt(site, path)),
    ]),
  ];
}

/** What is made at an address for programs; undefined where there is nothing. */
export function interfaceAt(site: Site, path: string): Make | undefined {
  const [, room, name = "", end = ""] =
    /^\/(components|incidents|api\/v2\/incidents)\/([^/]+?)(\.md|\.json|\/[^/]+)$/.exec(path) ?? [];
  const known = OF_SITE.get(path);
  // Nobody is named who could be told.
  if (path === SECURITY_TXT && !site.config.security) return undefined;
  if (known) return (source, query) => known(source, undefined, query);
  if (room === "components") return bound(OF_COMPONENT.get(end), componentCalled(site, name));
  if (room === "incidents") {
    const event = historyOf(site).bySlug.get(name);
    const isElsewhere = event && end === "/card.png" && cardPath(event, site) !== path;
    return isElsewhere ? undefined : bound(OF_EVENT.get(end), event);
  }
  const event = end === ".json" ? byId(site).get(name) : undefined;
  return event && ((source) => json(incidentAnswer(event, source.site)));
}

/** The part of a query that makes a difference, in one form. */
export function interfaceQuery(site: Site, path: string, query: URLSearchParams): string {
  if (path === "/oembed") return oembedQuery(site, query);
  const known: Readonly<Record<string, readonly string[]>> = path.endsWith("/badge.svg")
    ? { style: BADGE_STYLES }
    : path === "/embed"
      ? { quiet: ["1"], theme: THEMES }
      : {};
  const kept = new URLSearchParams();
  for (const [key, values] of Object.entries(known)) {
    const value = values.find((each) => each === query.get(key));
    if (value !== undefined) kept.set(key, value);
  }
  return kept.size > 0 ? `?${kept}` : "";
}

function styleOf(query: URLSearchParams): BadgeStyle {
  return BADGE_STYLES.find((style) => style === query.get("style")) ?? "flat";
}

const THEMES = ["light", "dark"] as const;

function embedOptions(query: URLSearchParams) {
  const theme = THEMES.find((each) => each === query.get("theme"));
  return { isQuiet: query.has("quiet"), ...(theme ? { theme } : {}) };
}

/** Whether the address asked about is of this site, in a form there is, and for how much room if that is less than usual. */
function oembedQuery({ config }: Site, query: URLSearchParams): string {
  const url = query.get("url") ?? "";
  const isOurs = url === config.url || url.startsWith(`${config.url}/`);
  if ((query.get("format") ?? "json") !== "json") return "?format=other";
  if (!isOurs) return "";
  const kept = new URLSearchParams({ url: "ours" });
  const usual = sizeIn({});
  for (const side of ["width", "height"] as const) {
    const most = query.get(`max${side}`) ?? "";
    const room = Number(most);
    // In steps of ten: each size is an answer of its own in the cache, and whoever asks chooses it.
    const step = room < 10 ? room : room - (room % 10);
    if (/^[1-9]\d{0,3}$/.test(most) && room < usual[side]) kept.set(side, String(step));
  }
  return `?${kept}`;
}

function oembedOf(site: Site, query: URLSearchParams): GeneratedResponse {
  if (query.has("format")) return { ...json({ error: "Only format=json is answered" }), status: 501 };
  const room = Object.fromEntries(
    (["width", "height"] as const).flatMap((side) => (query.has(side) ? [[side, Number(query.get(side))]] : [])),
  );
  return query.has("url")
    ? json(oembed(site, room))
    : { ...json({ error: "url has to be of this site" }), status: 404 };
}

function bound<T>(make: MakeFor<T> | undefined, thing: T | undefined): Make | undefined {
  return make && thing && ((source, query) => make(source, thing, query));
}

function componentCalled(site: Site, name: string): Component | undefined {
  return site.groups.flatMap(({ components }) => components).find(({ id }) => id === name);
}

function eventsOf(site: Site): AnyEvent[] {
  return [...historyOf(site).bySlug.values()];
}

const ids = new WeakMap<Site, ReadonlyMap<string, AnyEvent>>();

function byId(site: Site): ReadonlyMap<string, AnyEvent> {
  const known = ids.get(site) ?? new Map(eventsOf(site).map((event) => [event.id, event]));
  ids.set(site, known);
  return known;
}
