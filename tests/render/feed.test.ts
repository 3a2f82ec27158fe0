import { describe, expect, test } from "vitest";
import type { Incident, Site } from "#lib/model/site.ts";
import { siteFeed } from "#lib/site/views/feed.ts";
import { jsonFeed as jsonOf } from "#lib/site/views/feed-json.ts";
import { atom as atomOf, rss as rssOf } from "#lib/site/views/feed-xml.ts";
import { NOW, siteOf } from "./site.ts";

const atom = (site: Site) => atomOf(siteFeed(site), site);
const rss = (site: Site) => rssOf(siteFeed(site), site);
const jsonFeed = (site: Site) => jsonOf(siteFeed(site), site);

const update = (at: string, status: string, body: string) => ({ at, status, body });

function files(second = "The second text.") {
  return {
    "one.md": front("The first", [update("2026-11-20T10:00:30+01:00", "resolved", "The *first* text.")]),
    "two.md": front("The <second> & last", [
      update("2026-11-21T10:00Z", "investigating", second),
      update("2026-11-21T11:00Z", "resolved", "Done.\n\n- a list\n\n[Page](one.md) ![P](https://example.com/p.png)"),
    ]),
    "date.md": front("By date", [update("2026-11-19", "resolved", "Over.")]),
    "planned.md": `---\n${JSON.stringify({
      title: "Planned",
      scheduled: { start: "2026-12-01T02:00+01:00", end: "2026-12-01T03:00+01:00" },
      updates: [update("2026-11-18T10:00Z", "scheduled", "Soon.")],
    })}\n---\n`,
  };
}

function front(title: string, updates: readonly object[]): string {
  return `---\n${JSON.stringify({ title, tags: ["t"], updates })}\n---\n`;
}

/** The texts of all elements of one name, as they stand in the markup. */
const all = (xml: string, name: string) =>
  [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>([\\s\\S]*?)</${name}>`, "g"))].map(([, text]) => text ?? "");
const decoded = (text: string) =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&#x3C;", "<")
    .replaceAll("&#x26;", "&")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

describe("Atom", () => {
  const feed = atom(siteOf(files()));
  const entries = all(feed, "entry");

  test("names itself, its page and its author", () => {
    expect(feed).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<feed xmlns="http:\/\/www\.w3\.org\/2005\/Atom" xml:lang="en-GB">/,
    );
    expect(all(feed, "id")[0]).toBe("tag:status.lumen.example,2005:/history");
    expect(feed).toContain(
      '<link rel="self" type="application/atom+xml" href="https://status.lumen.example/history.atom">',
    );
    expect(feed).toContain('<link rel="alternate" type="text/html" href="https://status.lumen.example">');
    expect(all(feed, "author")).toEqual(["<name>Lumen</name>"]);
    expect(all(feed, "updated")[0]).toBe("2026-11-21T11:00:00Z");
  });

  test("has what is planned first, then the history, newest first", () => {
    expect(entries.map((entry) => decoded(all(entry, "title")[0] ?? ""))).toEqual([
      "Planned",
      "The <second> & last",
      "The first",
      "By date",
    ]);
  });

  test("gives every entry an id that is its own for ever", () => {
    const ids = entries.map((entry) => all(entry, "id")[0]);
    for (const id of ids) expect(id).toMatch(/^tag:status\.lumen\.example,2005:Incident\/[a-z0-9]{12}$/);
    expect(new Set(ids).size).toBe(4);
    const renamed = atom(
      siteOf({ "one.md": front("Another title", [update("2026-11-22T10:00Z", "resolved", "New.")]) }),
    );
    expect(all(all(renamed, "entry")[0] ?? "", "id")[0]).toBe(ids[2]);
  });

  test("tells each update in the form that programs take apart", () => {
    const second = decoded(all(entries[1] ?? "", "content")[0] ?? "");
    expect(entries[1]).toContain('<content type="html">');
    expect(second).toMatch(
      /^<p><small>Nov 21, 11:00 UTC<\/small><br><strong>Resolved<\/strong> - Done\.<\/p>\s*<ul>\s*<li>a list<\/li>\s*<\/ul>/,
    );
    expect(second).toMatch(
      /<p><small>Nov 21, 10:00 UTC<\/small><br><strong>Investigating<\/strong> - The second text\.<\/p>$/,
    );
    expect(decoded(all(entries[2] ?? "", "content")[0] ?? "")).toBe(
      "<p><small>Nov 20, 09:00 UTC</small><br><strong>Resolved</strong> - The <em>first</em> text.</p>",
    );
    expect(decoded(all(entries[3] ?? "", "content")[0] ?? "")).toBe(
      "<p><small>2026-11-19</small><br><strong>Resolved</strong> - Over.</p>",
    );
  });

  test("leads links to whole addresses", () => {
    const second = decoded(all(entries[1] ?? "", "content")[0] ?? "");
    expect(second).toContain('<a href="https://status.lumen.example/incidents/one">Page</a>');
    expect(second).not.toMatch(/(?:href|src)="[/#]/);
    const note = atom(siteOf({ "a.md": front("A", [update("2026-11-20", "resolved", "So.[^1]\n\n[^1]: Why.")]) }));
    expect(decoded(note)).toMatch(/href="https:\/\/status\.lumen\.example\/incidents\/a#[^"]+fn-1"/);
  });
});

describe("RSS", () => {
  const feed = rss(siteOf(files()));
  const items = all(feed, "item");

  test("leads to each item's page, and names it by an id that no other name and no other address of the site changes", () => {
    expect(items.map((item) => all(item, "link")[0])).toEqual(
      ["planned", "two", "one", "date"].map((slug) => `https://status.lumen.example/incidents/${slug}`),
    );
    const guids = items.map((item) => all(item, "guid")[0]);
    for (const guid of guids) expect(guid).toMatch(/^https:\/\/status\.lumen\.example\/incidents\/[a-z0-9]{12}$/);
    expect(feed).toContain('<guid isPermaLink="false">');
    expect(feed).toContain(
      '<atom:link rel="self" type="application/rss+xml" href="https://status.lumen.example/history.rss">',
    );
  });

  test("dates each in RFC 822, and maintenance by its window", () => {
    expect(items.map((item) => all(item, "pubDate")[0])).toEqual([
      "Tue, 01 Dec 2026 01:00:00 GMT",
      "Sat, 21 Nov 2026 10:00:00 GMT",
      "Fri, 20 Nov 2026 09:00:30 GMT",
      "Wed, 18 Nov 2026 23:00:00 GMT",
    ]);
    expect(all(feed, "lastBuildDate")).toEqual(["Sat, 21 Nov 2026 11:00:00 GMT"]);
  });
});

describe("JSON Feed", () => {
  const feed = JSON.parse(jsonFeed(siteOf(files()))) as Record<string, unknown> & { items: Record<string, unknown>[] };

  test("has everything that version 1.1 asks for", () => {
    expect(feed).toMatchObject({
      version: "https://jsonfeed.org/version/1.1",
      title: "Lumen status: incident history",
      home_page_url: "https://status.lumen.example",
      feed_url: "https://status.lumen.example/feed.json",
      language: "en-GB",
      authors: [{ name: "Lumen", url: "https://status.lumen.example" }],
    });
    for (const item of feed.items) {
      expect(item).toMatchObject({
        id: expect.any(String),
        url: expect.stringMatching(/^https:/),
        content_html: expect.any(String),
      });
      expect(String(item["date_published"])).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
    expect(feed.items[1]).toMatchObject({
      title: "The <second> & last",
      tags: ["t"],
      date_modified: "2026-11-21T11:00:00.000Z",
    });
  });
});

describe("every feed", () => {
  const FEEDS = { atom, rss, jsonFeed };
  const parts = (text: string) => text.split(/(?=<entry>|<item>|\n {4}\{\n {6}"id")/);

  test.each(Object.entries(FEEDS))(
    "%s has the same bytes for the same content, whenever it is asked for",
    (_, render) => {
      const later = NOW + 3_600_000;
      expect(render(siteOf(files()))).toBe(render(siteOf(files(), { now: later })));
    },
  );

  test.each(Object.entries(FEEDS))("%s changes in one entry alone when one update is edited", (_, render) => {
    const before = parts(render(siteOf(files())));
    const after = parts(render(siteOf(files("Another text."))));
    expect(after).toHaveLength(before.length);
    const changed = after.filter((part, index) => part !== before[index]);
    expect(changed).toHaveLength(1);
    expect(changed[0]).toContain("Another text.");
  });

  test.each(Object.entries(FEEDS))("%s of an empty site is whole and says no date that was not", (_, render) => {
    const empty = render(siteOf({}));
    expect(empty).toBe(render(siteOf({}, { now: NOW + 86_400_000 })));
    expect(parts(empty)).toHaveLength(1);
  });

  test.each(Object.entries(FEEDS))("%s holds what is planned and twenty-five more", (_, render) => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_each, index) => [
        `n${index}.md`,
        front(`N ${index}`, [update(`2026-10-${String((index % 28) + 1).padStart(2, "0")}`, "resolved", "Over.")]),
      ]),
    );
    expect(parts(render(siteOf({ ...many, "planned.md": files()["planned.md"] })))).toHaveLength(1 + 26);
  });

  test.each([atom, rss])("letters that XML forbids or reserves do no harm", (render) => {
    const file = front("]]> & \u{1F525} <1 2 3", [update("2026-11-20", "resolved", "a ]]> b &#12; \u{1F525}")]);
    // As it could be published before such letters were refused.
    const [event] = siteOf({ "a.md": file }).incidents;
    const title = "]]> & \u{1F525} <\u0001 \ud800 \uffff";
    const feed = render({ ...siteOf({}), incidents: [{ ...(event as Incident), title }] });
    expect(decoded(all(feed, "title").at(-1) ?? "")).toBe("]]> & \u{1F525} < \ufffd \ufffd");
    expect(feed).toContain("\u{1F525}");
    // XML 1.0, sections 2.2 and 2.4.
    expect(feed).not.toMatch(/]]>/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not be there
    expect(feed).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|&#x?[01]?[0-9a-f];/i);
    expect(feed.isWellFormed()).toBe(true);
  });
});
