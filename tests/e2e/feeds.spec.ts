import { expect } from "@playwright/test";
import { ask } from "./support/ask.ts";
import { test } from "./support/test.ts";

/** An Atom feed as its readers see it. */
interface AtomFeed {
  readonly fault: string;
  readonly id: string;
  readonly self: string;
  readonly author: string;
  readonly entries: readonly { id: string; link: string; title: string; updated: string; content: string }[];
}

/** Takes an Atom feed apart as strictly as XML is meant to be; for the browser. */
function readAtom(text: string): AtomFeed {
  const root = new DOMParser().parseFromString(text, "application/xml");
  const textOf = (element: Element | Document, name: string) => element.querySelector(name)?.textContent ?? "";
  return {
    fault: textOf(root, "parsererror"),
    id: textOf(root, "feed > id"),
    self: root.querySelector('feed > link[rel="self"]')?.getAttribute("href") ?? "",
    author: textOf(root, "feed > author > name"),
    entries: [...root.querySelectorAll("entry")].map((entry) => ({
      id: textOf(entry, "id"),
      link: entry.querySelector('link[rel="alternate"]')?.getAttribute("href") ?? "",
      title: textOf(entry, "title"),
      updated: textOf(entry, "updated"),
      content: entry.querySelector('content[type="html"]')?.textContent ?? "",
    })),
  };
}

/** What programs read out of the HTML of an entry; for the browser. */
function readUpdates(html: string): { time: string; label: string }[] {
  const root = new DOMParser().parseFromString(html, "text/html");
  return [...root.querySelectorAll("p > small")].map((small) => ({
    time: small.textContent,
    label: small.parentElement?.querySelector("strong")?.textContent ?? "",
  }));
}

test("the Atom feed is well-formed and says of every update what its readers look for", async ({ page, sites }) => {
  const { body } = await ask(await sites.url("full"), "/history.atom");
  const feed = await page.evaluate(readAtom, body);
  expect(feed.fault).toBe("");
  expect(feed.id).toBe("tag:status.lumen.example,2005:/history");
  expect(feed.self).toBe("https://status.lumen.example/history.atom");
  expect(feed.author).toBe("Lumen");
  expect(feed.entries).toHaveLength(26);
  expect(new Set(feed.entries.map(({ id }) => id)).size).toBe(26);
  for (const { id, link, updated } of feed.entries) {
    expect(id).toMatch(/^tag:status\.lumen\.example,2005:Incident\/[a-z0-9]{12}$/);
    expect(link).toMatch(/^https:\/\/status\.lumen\.example\/incidents\/[\w-]+$/);
    expect(updated).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/);
  }
  const payments = feed.entries.find(({ title }) => title === "Payments fail at checkout");
  const updates = await page.evaluate(readUpdates, payments?.content ?? "");
  expect(updates.map(({ label }) => label)).toEqual(["Monitoring", "Update", "Identified", "Investigating"]);
  for (const { time } of updates) expect(time).toMatch(/^[A-Z][a-z]{2} \d{1,2}, \d\d:\d\d UTC$/);
});

test("titles that look like markup, and letters of every kind, survive every feed", async ({ page, sites }) => {
  const base = await sites.url("full");
  const hostile = '<b>Not bold</b> & "quoted" </title><script>alert(1)</script>';
  const atom = await page.evaluate(readAtom, (await ask(base, "/history.atom")).body);
  expect(atom.entries.map(({ title }) => title)).toContain(hostile);
  const rss = await page.evaluate(
    (text) =>
      [...new DOMParser().parseFromString(text, "application/xml").querySelectorAll("item > title")].map(
        ({ textContent }) => textContent,
      ),
    (await ask(base, "/history.rss")).body,
  );
  const json = JSON.parse((await ask(base, "/feed.json")).body) as { items: { title: string }[] };
  expect(rss).toContain(hostile);
  expect(rss).toEqual(atom.entries.map(({ title }) => title));
  expect(json.items.map(({ title }) => title)).toEqual(rss);
});

test("the RSS feed names each incident once for ever, leads to its address, and dates maintenance by its window", async ({
  page,
  sites,
}) => {
  const { body } = await ask(await sites.url("full"), "/history.rss");
  const { fault, items } = await page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, "application/xml");
    const textOf = (element: Element | Document, name: string) => element.querySelector(name)?.textContent ?? "";
    return {
      fault: textOf(root, "parsererror"),
      items: [...root.querySelectorAll("item")].map((item) => ({
        guid: textOf(item, "guid"),
        link: textOf(item, "link"),
        at: Date.parse(textOf(item, "pubDate")),
      })),
    };
  }, body);
  expect(fault).toBe("");
  expect(items).toHaveLength(26);
  for (const { guid } of items) expect(guid).toMatch(/^https:\/\/status\.lumen\.example\/incidents\/[a-z0-9]{12}$/);
  expect(new Set(items.map(({ guid }) => guid)).size).toBe(items.length);
  const planned = items.find(({ link }) => link.endsWith("/router-swap"));
  expect(planned?.at).toBeGreaterThan(Date.now() + 2 * 86_400_000);
});

test("pictures and links in a feed lead to whole addresses", async ({ sites }) => {
  const { body } = await ask(await sites.url("full"), "/feed.json");
  const { items } = JSON.parse(body) as { items: { content_html: string }[] };
  const addresses = items.flatMap(({ content_html }) => [...content_html.matchAll(/(?:href|src)="([^"]*)"/g)]);
  expect(addresses.length).toBeGreaterThan(1);
  for (const [, address] of addresses) expect(address).toMatch(/^https?:\/\//);
});
