import { readdirSync } from "node:fs";
import { join } from "node:path";
import { dateAt } from "#lib/calendar/zone.ts";
import type { Site } from "#lib/model/site.ts";
import { historyOf } from "#lib/site/views/history.ts";
import { PAGES } from "#lib/site/views/pages.ts";
import { wallboard, wallboardQuery } from "./live/wallboard.ts";
import { COMPONENT_ENDINGS, interfaceAt, interfaceQuery, type Source } from "./machine-endpoints.ts";
import type { Told } from "./reader.ts";
import type { RouteMatch } from "./serve/target.ts";

/** Drawn by a route of the framework like a page, and none. */
const FAVICON = "/favicon.svg";

/** What there is at which address. */
export interface AddressBook {
  readonly find: (source: Source & { readonly told?: Told | undefined }, path: string) => RouteMatch | undefined;
  /** The part of a query that makes a difference to the page at a path, in one form; anything made up is dropped. */
  readonly query: (site: Site, path: string, query: URLSearchParams) => string;
}

/**
 * Looks addresses up before anything is rendered, so that a stranger who makes addresses up costs nothing and fills no
 * cache. `root` is the project's folder, where the built pages' files are.
 */
export function addressBook(root: string): AddressBook {
  const files = new Set([
    ...filesBelow(join(root, ".next", "static")).map((path) => `/_next/static/${path}`),
    ...filesBelow(join(root, "public")).map((path) => `/${path}`),
  ]);
  let made: { site: Site; pages: ReadonlySet<string>; moved: ReadonlyMap<string, string> } | undefined;
  return {
    find(source, path) {
      const { site } = source;
      if (made?.site !== site) made = { site, pages: pagesOf(site), moved: new Map(formerPaths(site)) };
      const to = made.moved.get(path.toLowerCase());
      if (to !== undefined) return { kind: "moved", to };
      if (made.pages.has(path) || files.has(path) || isEvent(site, path)) return { kind: "page" };
      if (path === "/wallboard")
        return { kind: "made", make: (query) => wallboard(source, new URLSearchParams(query)), isFleeting: true };
      const make = interfaceAt(site, path);
      return make && { kind: "made", make: (query) => make(source, new URLSearchParams(query)) };
    },
    query(site, path, query) {
      const page = PAGES.find((each) => each.path === path);
      if (page) return page.query ? keptOf(query, page.query(site)) : "";
      return path === "/wallboard" ? wallboardQuery(site, query) : interfaceQuery(site, path, query);
    },
  };
}

/** What is known of a query, in the order of what is known. */
function keptOf(query: URLSearchParams, known: Readonly<Record<string, (value: string) => boolean>>): string {
  const kept = new URLSearchParams();
  for (const [key, isKnown] of Object.entries(known)) {
    const value = query.get(key);
    if (value && isKnown(value)) kept.set(key, value);
  }
  return kept.size > 0 ? `?${kept}` : "";
}

/** Every former path, in small letters and without a closing slash, with the path it leads to. */
export function formerPaths(site: Site): [string, string][] {
  const events = [...site.incidents, ...site.maintenances].flatMap(({ slug, redirects }) =>
    redirects.map((path): [string, string] => [path.replace(/(?<=.)\/+$/, "").toLowerCase(), `/incidents/${slug}`]),
  );
  const components = site.config.components.flatMap(({ id, former = [] }) =>
    former.flatMap((one) =>
      ["", ...COMPONENT_ENDINGS].map((end): [string, string] => [
        `/components/${one}${end}`,
        `/components/${id}${end}`,
      ]),
    ),
  );
  return [...events, ...components];
}

function isEvent(site: Site, path: string): boolean {
  return path.startsWith(EVENT) && historyOf(site).bySlug.has(path.slice(EVENT.length));
}

const EVENT = "/incidents/";

/** The pages of a Site but those of its events. */
function pagesOf(site: Site): Set<string> {
  return new Set([
    ...PAGES.map(({ path }) => path),
    FAVICON,
    ...site.config.components.map(({ id }) => `/components/${id}`),
    ...site.images.map(({ url }) => url),
    ...monthsOf(site).map((month) => `/history/${month.replace("-", "/")}`),
  ]);
}

/** Every month from the first year of the history to this one. */
function monthsOf(site: Site): string[] {
  const now = dateAt(site.now, site.config.timezone).slice(0, 7);
  const known = [...historyOf(site).months.keys(), now].sort();
  const months: string[] = [];
  for (let year = Number(known[0]?.slice(0, 4)); year <= Number(now.slice(0, 4)); year += 1) {
    for (let month = 1; month <= 12; month += 1) months.push(`${year}-${String(month).padStart(2, "0")}`);
  }
  return months.filter((month) => month <= now);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) =>
      join(item.parentPath, item.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    );
}
