import { toXml } from "xast-util-to-xml";
import { x } from "xastscript";
import { languageIn, languageOfContent } from "#lib/messages/messages.ts";
import { siteDescription } from "#lib/messages/naming.ts";
import type { Site } from "#lib/model/site.ts";
import type { Feed } from "./feed.ts";

const ATOM = "http://www.w3.org/2005/Atom";

/** Atom (RFC 4287). */
export function atom({ tag, title, home, paths, entries, updated }: Feed, site: Site): string {
  const { name, locale, url, hub } = site.config;
  const description = siteDescription(site.config);
  // What authors write may be in another language than what stands around it.
  const words = languageOfContent(locale) === undefined ? {} : { "xml:lang": languageIn(locale) };
  return document(
    x("feed", { xmlns: ATOM, "xml:lang": locale }, [
      x("id", tag),
      x("link", { rel: "alternate", type: "text/html", href: home }),
      x("link", { rel: "self", type: "application/atom+xml", href: url + paths.atom }),
      ...(hub === undefined ? [] : [x("link", { rel: "hub", href: hub })]),
      x("title", words, title),
      x("subtitle", words, description),
      x("updated", rfc3339(updated)),
      x("author", [x("name", name)]),
      ...entries.map((entry) =>
        x("entry", [
          x("id", entry.tag),
          x("published", rfc3339(entry.published)),
          x("updated", rfc3339(entry.updated)),
          x("link", { rel: "alternate", type: "text/html", href: entry.url }),
          x("title", entry.title),
          x("content", { type: "html" }, entry.html),
        ]),
      ),
    ]),
  );
}

/** RSS 2.0. */
export function rss({ title, home, paths, entries, updated }: Feed, site: Site): string {
  const { url, locale, hub } = site.config;
  return document(
    x("rss", { version: "2.0", "xmlns:atom": ATOM }, [
      x("channel", [
        x("title", title),
        x("link", home),
        x("atom:link", { rel: "self", type: "application/rss+xml", href: url + paths.rss }),
        ...(hub === undefined ? [] : [x("atom:link", { rel: "hub", href: hub })]),
        x("description", siteDescription(site.config)),
        x("language", locale),
        x("lastBuildDate", rfc822(updated)),
        ...entries.map((entry) =>
          x("item", [
            x("title", entry.title),
            x("description", entry.html),
            x("pubDate", rfc822(entry.rssDate)),
            x("link", entry.url),
            x("guid", { isPermaLink: "false" }, entry.guid),
          ]),
        ),
      ]),
    ]),
  );
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
