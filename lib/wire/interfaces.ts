import { ANSWERS, incidentAnswer, incidentPath } from "#lib/api/answers.ts";
import type { Content, Site } from "#lib/model/site.ts";
import { jsonFeed } from "#lib/render/feed-json.ts";
import { atom, rss } from "#lib/render/feed-xml.ts";
import { type AnyEvent, historyOf } from "#lib/render/history.ts";
import type { Made } from "#lib/serve/target.ts";

/** What programs are answered from. */
export interface Source {
  readonly site: Site;
  readonly content: Content;
}

/** Makes the answer at one address; `query` is what `interfaceQuery` left of it. */
export type Make = (source: Source, query: URLSearchParams) => Made | Promise<Made>;

const JSON_TYPE = "application/json; charset=utf-8";

const json = (value: unknown): Made => ({ type: JSON_TYPE, body: `${JSON.stringify(value)}\n` });

/** Interfaces that every site has. */
const OF_SITE: ReadonlyMap<string, Make> = new Map<string, Make>([
  ...ANSWERS.map(({ path, of }): [string, Make] => [path, ({ site }) => json(of(site))]),
  ["/history.atom", ({ site }) => ({ type: "application/atom+xml; charset=utf-8", body: atom(site) })],
  ["/history.rss", ({ site }) => ({ type: "application/rss+xml; charset=utf-8", body: rss(site) })],
  ["/feed.json", ({ site }) => ({ type: "application/feed+json; charset=utf-8", body: jsonFeed(site) })],
]);

/** Every address with something for programs. */
export function interfacePaths(site: Site): string[] {
  return [...OF_SITE.keys(), ...eventsOf(site).map(incidentPath)];
}

/** What is made at an address for programs; undefined where there is nothing. */
export function interfaceAt(site: Site, path: string): Make | undefined {
  const known = OF_SITE.get(path);
  if (known) return known;
  const incident = /^\/api\/v2\/incidents\/([a-z0-9]{12})\.json$/.exec(path)?.[1];
  const event = incident === undefined ? undefined : byId(site).get(incident);
  return event && ((source) => json(incidentAnswer(event, source.site)));
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
