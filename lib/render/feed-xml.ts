import { toXml } from "xast-util-to-xml";
import { x } from "xastscript";
import type { Site } from "#lib/model/site.ts";
import { type FeedEntry, feedOf } from "./feed.ts";

const ATOM = "http://www.w3.org/2005/Atom";

/** `/history.atom` (RFC 4287). */
export function atom(site: Site): string {
  const { title, home, entries, updated } = feedOf(site);
  const { name, locale } = site.config;
  return document(
    x("feed", { xmlns: ATOM, "xml:lang": locale }, [
      x("id", `tag:${new URL(home).host},2005:/history`),
      x("link", { rel: "alternate", type: "text/html", href: home }),
      x("link", { rel: "self", type: "application/atom+xml", href: `${home}/history.atom` }),
      x("title", title),
      x("updated", rfc3339(updated)),
      x("author", [x("name", name)]),
      ...entries.map((entry) =>
        x("entry", [
          x("id", entry.tag),
          x("published", rfc3339(entry.published)),
          x("updated", rfc3339(entry.updated)),
          x("link", { rel: "alternate", type: "text/html", href: entry.url }),
          x("title", entry.event.title),
          x("content", { type: "html" }, entry.html),
        ]),
      ),
    ]),
  );
}

/** `/history.rss` (RSS 2.0). */
export function rss(site: Site): string {
  const { title, home, entries, updated } = feedOf(site);
  return document(
    x("rss", { version: "2.0", "xmlns:atom": ATOM }, [
      x("channel", [
        x("title", title),
        x("link", home),
        x("atom:link", { rel: "self", type: "application/rss+xml", href: `${home}/history.rss` }),
        x("description", site.config.description || title),
        x("language", site.config.locale),
        x("lastBuildDate", rfc822(updated)),
        ...entries.map((entry) =>
          x("item", [
            x("title", entry.event.title),
            x("description", entry.html),
            x("pubDate", rfc822(rssDate(entry))),
            x("link", entry.url),
            x("guid", { isPermaLink: "true" }, entry.url),
          ]),
        ),
      ]),
    ]),
  );
}

/** For maintenance the beginning of its window, as readers of such feeds expect. */
function rssDate({ event, published }: FeedEntry): number {
  return event.kind === "maintenance" ? event.window.start.at : published;
}

function document(root: ReturnType<typeof x>): string {
  return `${allowed(
    toXml([
      { type: "instruction", name: "xml", value: 'version="1.0" encoding="UTF-8"' },
      { type: "text", value: "\n" },
      root,
    ]),
  )}\n`;
}

/** Without what `toXml` lets through and no XML document may hold (XML 1.0, sections 2.2 and 2.4). */
function allowed(xml: string): string {
  return xml
    .toWellFormed()
    .replace(/[\ufffe\uffff]/g, "\ufffd")
    .replaceAll("]]>", "]]&gt;");
}

function rfc3339(at: number): string {
  return new Date(at).toISOString().replace(/\.000Z$/, "Z");
}

/** RFC 822 as RSS wants it: four digits of year, and `GMT`. */
function rfc822(at: number): string {
  return new Date(at).toUTCString();
}
