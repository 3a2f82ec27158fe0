import { toXml } from "xast-util-to-xml";
import { x } from "xastscript";
import { dateAt } from "#lib/calendar/zone.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import { siteDescription, siteTitle } from "#lib/messages/naming.ts";
import type { Site } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import { type AnyEvent, historyOf } from "./history.ts";
import { PAGES } from "./pages.ts";
import { summaryText } from "./text.ts";
import { headline } from "./words.ts";

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
    ...PAGES.filter(({ isListed }) => isListed).map(({ path }): [string, number] => [path, newest]),
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
  const { frame, home, llms: words, status } = messagesIn(site.config.locale);
  const line = (event: AnyEvent) => {
    const about = words.incident({
      date: dateAt(earliest(event.started), timezone),
      status: status[event.status].toLowerCase(),
      text: plain(summaryText(event, site)),
    });
    return `- [${plain(event.title)}](${url}/incidents/${encodeURIComponent(event.slug)}.md): ${about}`;
  };
  const summary = `${url}/api/v2/summary.json`;
  return `# ${plain(siteTitle(site.config))}

> ${plain(siteDescription(site.config))}

${words.now({ state: headline(site).toLowerCase(), url: summary, zone: timezone })}

## ${words.interfaces}

- [API](${url}/api): ${words.api({ url: `${url}/api/openapi.json` })}
- [${words.summaryName}](${summary}): ${words.summary}
- [${words.feedName}](${url}/history.atom): ${words.feed({ rss: "/history.rss", json: "/feed.json" })}
- [${frame.calendar}](${url}/calendar.ics): ${words.calendar}

## ${home.components}

${components.map((component) => `- [${plain(component.name)}](${url}/components/${component.id})${component.description ? `: ${plain(component.description)}` : ""}`).join("\n") || words.noComponents}

## ${words.incidents}

${words.about({ json: "`.json`", md: "`.md`" })}

${events.map(line).join("\n") || words.noIncidents}
`;
}

/** On one line, and without what would end a link. */
function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[[\]]/g, "").trim();
}
