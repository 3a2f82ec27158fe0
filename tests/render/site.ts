import { parseEntry } from "#lib/content/parse/entry.ts";
import { parseSite } from "#lib/content/parse/site.ts";
import type { Content, Image, Site } from "#lib/model/site.ts";
import { compile } from "#lib/site/compile/compile.ts";

/** The moment at which the sites of these tests are looked at. */
export const NOW = Date.parse("2026-11-22T12:00Z");

const SITE = `
name: Lumen
url: https://status.lumen.example
timezone: Europe/Copenhagen
locale: en-GB
components:
  - { id: api, name: API }
  - { id: web, name: Web app }
`;

interface Options {
  readonly site?: string;
  readonly images?: readonly Image[];
  readonly now?: number;
}

/** The Site of some files, each named by its path and written as an author would. */
export function siteOf(files: Readonly<Record<string, string>>, options: Options = {}): Site {
  return compile(contentOf(files, options), options.now ?? NOW);
}

/** What such a Site is compiled from. */
export function contentOf(files: Readonly<Record<string, string>>, options: Options = {}): Content {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const { value: config, problems } = parseSite("site.yaml", bytes(options.site ?? SITE));
  if (!config) throw new Error(JSON.stringify(problems));
  const entries = Object.entries(files).map(([path, text]) => {
    const parsed = parseEntry(path, bytes(text), config.timezone);
    if (!parsed.entry) throw new Error(JSON.stringify(parsed.problems));
    return parsed.entry;
  });
  return { config, entries, images: options.images ?? [] };
}

/** The only event of a Site that has one. */
export function onlyEvent(site: Site) {
  const [event] = [...site.incidents, ...site.maintenances];
  if (!event) throw new Error("The site has no event");
  return event;
}
