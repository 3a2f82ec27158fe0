import { toXml } from "xast-util-to-xml";
import { x } from "xastscript";
import { dateAt } from "#lib/calendar/zone.ts";
import { siteDescription, siteTitle } from "#lib/messages/naming.ts";
import type { Site } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import { type AnyEvent, historyOf } from "./history.ts";
import { summaryText } from "./text.ts";
import { headline, STATUS_WORDS } from "./words.ts";

/** `/robots.txt`: everything may be read but what is one reader's own or an answer to a question. */
export function robots({ config }: Site): string {
  return `User-agent: *\nDisallow: /search\nDisallow: /subscriptions/\nDisallow: /operator\n\nSitemap: ${config.url}/sitemap.xml\n`;
}

/** How many addresses a sitemap may hold (sitemaps.org, protocol 0.9). */
const MOST_ADDRESSES = 50_000;

/** `/sitemap.xml`: every page that stays, with when its content last changed. */
export function sitemap(site: Site): string {
  const { url, components } = site.config;
  const { months, bySlug } = historyOf(site);
  const events = [...bySlug.values()];
  const newest = Math.max(0, ...events.map((event) => lastSaid(event, site)));
  const pages: [string, number][] = [
    ...["/", "/history", "/reports", "/maintenance"].map((path): [string, number] => [path, newest]),
    ...components.map(({ id }): [string, number] => {
      const own = events.filter(({ effects }) => effects.some(({ component }) => component === id));
      return [`/components/${id}`, Math.max(0, ...own.map((event) => lastSaid(event, site)))];
    }),
    ...[...months].map(([month, inIt]): [string, number] => [
      `/history/${month.replace("-", "/")}`,
      Math.max(0, ...inIt.map((event) => lastSaid(event, site))),
    ]),
    ...events.map((event): [string, number] => [`/incidents/${encodeURIComponent(event.slug)}`, lastSaid(event, site)]),
  ];
  const root = x(
    "urlset",
    { xmlns: "http://www.sitemaps.org/schemas/sitemap/0.9" },
    pages
      .slice(0, MOST_ADDRESSES)
      .map(([path, at]) =>
        x("url", [
          x("loc", path === "/" ? `${url}/` : url + path),
          ...(at > 0 ? [x("lastmod", new Date(at).toISOString())] : []),
        ]),
      ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${toXml(root)}\n`;
}

/** When anything was last said of an event; what is said for a time to come, or planned for it, counts from then on. */
function lastSaid({ updates, started, report }: AnyEvent, { now }: Site): number {
  const times = [started, ...updates.map(({ at }) => at), ...(report?.published ? [report.published] : [])];
  return times.map(earliest).reduce((last, at) => (at <= now ? Math.max(last, at) : last), 0);
}

/** How many incidents `llms.txt` names. */
const NAMED = 50;

/** `/llms.txt` (llmstxt.org): what the site is and where its texts are as Markdown. */
export function llms(site: Site): string {
  const { url, components, timezone } = site.config;
  const events = historyOf(site).events.slice(0, NAMED);
  const line = (event: AnyEvent) =>
    `- [${plain(event.title)}](${url}/incidents/${encodeURIComponent(event.slug)}.md): ${dateAt(earliest(event.started), timezone)}, ${STATUS_WORDS[event.status].toLowerCase()}. ${plain(summaryText(event, site))}`;
  return `# ${plain(siteTitle(site.config))}

> ${plain(siteDescription(site.config))}

At the moment of this answer: ${headline(site).toLowerCase()}. Ask ${url}/api/v2/summary.json for the state at another moment; times are told in ${timezone}.

## Interfaces

- [API](${url}/api): every answer with an example; its description is at ${url}/api/openapi.json
- [Summary](${url}/api/v2/summary.json): state, components, open incidents and planned maintenance as JSON
- [Feed](${url}/history.atom): incidents as Atom; also as RSS (/history.rss) and JSON Feed (/feed.json)
- [Calendar](${url}/calendar.ics): planned maintenance

## Components

${components.map((component) => `- [${plain(component.name)}](${url}/components/${component.id})${component.description ? `: ${plain(component.description)}` : ""}`).join("\n") || "None are listed."}

## Incidents

Each is a Markdown file as its authors wrote it; add \`.json\` instead of \`.md\` for the same as data.

${events.map(line).join("\n") || "There has been none."}
`;
}

/** On one line, and without what would end a link. */
function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[[\]]/g, "").trim();
}
