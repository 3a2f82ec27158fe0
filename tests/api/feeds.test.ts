import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
// biome-ignore lint/suspicious/noDeprecatedImports: the library means to drop it one day; Atom has no other grammar
import { RelaxNGValidator, XmlDocument } from "libxml2-wasm";
import { expect, test } from "vitest";
import { EVERY_KIND, file, SITE, update } from "./every-kind.ts";
import { served } from "./server.ts";

const open = () => served(EVERY_KIND, { site: SITE });

/** What every feed is about, with how many entries it has. */
const ABOUT: readonly [string, number][] = [
  ["", 8],
  ["/components/web", 4],
  ["/components/jobs", 1],
  ["/incidents/resolved", 4],
  ["/incidents/reported", 3],
];
const atoms = [...ABOUT.map(([about]) => `${about}/history.atom`), "/reports.atom", "/actions.atom"];
const rsses = [...ABOUT.map(([about]) => `${about}/history.rss`), "/reports.rss", "/actions.rss"];
const jsons = [...ABOUT.map(([about]) => `${about}/feed.json`), "/reports.json", "/actions.json"];

const grammarOf = (name: string) =>
  RelaxNGValidator.fromDoc(XmlDocument.fromString(readFileSync(`tests/fixtures/schemas/${name}.rng`, "utf8")));
const grammars = { atom: grammarOf("atom"), rss: grammarOf("rss") };

/** What is wrong with a feed by a grammar. */
function grammarFaults(name: keyof typeof grammars, document: XmlDocument): string[] {
  try {
    grammars[name].validate(document);
    return [];
  } catch (error) {
    return [String(error)];
  }
}

/** What is wrong with an Atom feed by RFC 4287: its grammar, and of what that leaves open the rules for dates and ids. */
function atomFaults(text: string): string[] {
  const document = XmlDocument.fromString(text);
  const values = (path: string) =>
    document.find(path, { a: "http://www.w3.org/2005/Atom" }).map((node) => ("content" in node ? node.content : ""));
  const faults = grammarFaults("atom", document);
  for (const time of values("//a:updated | //a:published")) {
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(time)) faults.push(`${time} is no date`);
  }
  const ids = values("//a:id");
  if (new Set(ids).size !== ids.length) faults.push("An id is there twice");
  for (const id of ids) if (!URL.canParse(id)) faults.push(`${id} is no IRI`);
  if (values("/a:feed/a:link[@rel='self']").length !== 1) faults.push("It does not say where it is");
  document.dispose();
  return faults;
}

test("every Atom feed passes the grammar of RFC 4287", async () => {
  const server = await open();
  for (const path of atoms) {
    const answer = await server.get(path);
    expect(answer.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
    const text = await answer.text();
    expect(atomFaults(text), path).toEqual([]);
    expect(text).toContain(`href="https://status.lumen.example${path}"`);
  }
  const good = await (await server.get("/history.atom")).text();
  expect(atomFaults(good.replace("<updated>", "<update>").replace("</updated>", "</update>"))).not.toEqual([]);
  expect(atomFaults(good.replace(/<entry><id>[^<]+<\/id>/, "<entry>"))).not.toEqual([]);
  expect(atomFaults(good.replace(/<updated>[^<]+/, "<updated>Tuesday"))).not.toEqual([]);
  for (const [right, wrong] of [
    ["<title>", "<title>x</title><title>"],
    ['type="html"', 'type="htm"'],
    ["<name>", "<nom/><name>"],
    ['rel="self"', 'rel=""'],
    [' href="', ' ref="'],
    ['xml:lang="en-GB"', 'xml:lang="en_GB"'],
  ] as const) {
    expect(atomFaults(good.replace(right, wrong)), wrong).not.toEqual([]);
  }
});

const DUMPS = resolve(process.env["CANDOR_CORPORA"] ?? "../shared/corpora", "statuspage/atom");

test.skipIf(!existsSync(DUMPS))("the feeds of a real page pass the same rules", () => {
  for (const name of readdirSync(DUMPS).filter((each) => each.endsWith(".atom"))) {
    expect(atomFaults(readFileSync(join(DUMPS, name), "utf8")), name).toEqual([]);
  }
});

test("every RSS feed has dates in the form of RFC 822, and a guid of its own for each item", async () => {
  const server = await open();
  for (const path of rsses) {
    const answer = await server.get(path);
    expect(answer.headers.get("content-type")).toBe("application/rss+xml; charset=utf-8");
    const text = await answer.text();
    const document = XmlDocument.fromString(text);
    expect(grammarFaults("rss", document), path).toEqual([]);
    const values = (xpath: string) => document.find(xpath).map((node) => ("content" in node ? node.content : ""));
    for (const date of values("//pubDate | //lastBuildDate")) {
      expect(date).toMatch(/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/);
      expect(new Date(date).toUTCString()).toBe(date);
    }
    const guids = values("//item/guid");
    expect(new Set(guids).size).toBe(guids.length);
    document.dispose();
    for (const [good, bad] of [
      ["<title>", "<titel>"],
      ["GMT", "UTC"],
      ['isPermaLink="false"', 'isPermaLink="yes"'],
      ['version="2.0"', 'version="3.0"'],
      ["<link>https://", "<link>"],
    ] as const) {
      const broken = XmlDocument.fromString(
        text.replace(good, bad).replace(good.replace("<", "</"), bad.replace("<", "</")),
      );
      expect(grammarFaults("rss", broken), `${path} ${bad}`).not.toEqual([]);
      broken.dispose();
    }
  }
});

const url = { type: "string", format: "uri" };
const jsonFeedSchema = {
  type: "object",
  required: ["version", "title", "items"],
  additionalProperties: false,
  properties: {
    version: { const: "https://jsonfeed.org/version/1.1" },
    title: { type: "string" },
    home_page_url: url,
    feed_url: url,
    description: { type: "string" },
    language: { type: "string" },
    hubs: {
      type: "array",
      items: { type: "object", required: ["type", "url"], properties: { type: { type: "string" }, url } },
    },
    authors: {
      type: "array",
      items: { type: "object", properties: { name: { type: "string" }, url }, minProperties: 1 },
    },
    items: {
      type: "array",
      uniqueItems: true,
      items: {
        type: "object",
        required: ["id", "content_html"],
        additionalProperties: false,
        properties: {
          id: { type: "string", minLength: 1 },
          url,
          title: { type: "string" },
          content_html: { type: "string" },
          date_published: { type: "string", format: "date-time" },
          date_modified: { type: "string", format: "date-time" },
          tags: { type: "array", items: { type: "string" } },
        },
      },
    },
  },
};

test("every JSON feed passes a schema of version 1.1", async () => {
  const ajv = new Ajv2020({ allErrors: true });
  formats(ajv);
  const server = await open();
  for (const path of jsons) {
    const answer = await server.get(path);
    expect(answer.headers.get("content-type")).toBe("application/feed+json; charset=utf-8");
    ajv.validate(jsonFeedSchema, await answer.json());
    expect(ajv.errors, path).toBeNull();
  }
});

test("with a hub, every feed says who is told of its news and where it is itself, in its text and before it", async () => {
  const hub = "https://hub.example/?from=lumen&x";
  const server = await served(EVERY_KIND, { site: `${SITE}\nhub: ${hub}\n` });
  const ajv = new Ajv2020({ allErrors: true });
  formats(ajv);
  for (const path of [...atoms, ...rsses, ...jsons]) {
    const answer = await server.get(path);
    const self = `https://status.lumen.example${path}`;
    expect(answer.headers.get("link"), path).toBe(`<${hub}>; rel="hub", <${self}>; rel="self"`);
    const again = await server.get(path, { "if-none-match": answer.headers.get("etag") ?? "" });
    expect([again.status, again.headers.get("link")]).toEqual([304, answer.headers.get("link")]);
    const text = await answer.text();
    if (path.endsWith("json")) {
      expect(JSON.parse(text)).toMatchObject({ feed_url: self, hubs: [{ type: "WebSub", url: hub }] });
      expect(ajv.validate(jsonFeedSchema, JSON.parse(text))).toBe(true);
      continue;
    }
    const document = XmlDocument.fromString(text);
    const namespaces = { a: "http://www.w3.org/2005/Atom" };
    const links = (rel: string) =>
      document.find(`//a:link[@rel='${rel}']/@href`, namespaces).map((node) => ("value" in node ? node.value : ""));
    expect([links("hub"), links("self")], path).toEqual([[hub], [self]]);
    document.dispose();
    if (path.endsWith("atom")) expect(atomFaults(text), path).toEqual([]);
  }
  expect((await server.get("/calendar.ics")).headers.get("link")).toBeNull();
  expect((await (await open()).get("/history.atom")).headers.get("link")).toBeNull();
});

test("each feed holds what it is about", async () => {
  const server = await open();
  const titles = async (path: string) =>
    ((await server.json(path))["items"] as { title: string }[]).map(({ title }) => title);
  for (const [about, count] of ABOUT) expect(await titles(`${about}/feed.json`), about).toHaveLength(count);
  expect(await titles("/components/jobs/feed.json")).toEqual(["New database"]);
  expect(await titles("/incidents/reported/feed.json")).toEqual([
    "Report: Lost messages",
    "Resolved: Lost messages",
    "Investigating: Lost messages",
  ]);
  expect(await titles("/reports.json")).toEqual(["Report: Lost messages"]);
});

test("one edit changes exactly the entries concerned, in every feed", async () => {
  const server = await open();
  const paths = [...atoms, ...rsses, ...jsons];
  const texts = () => Promise.all(paths.map(async (path) => (await server.get(path)).text()));
  const entries = (text: string) => text.split(/(?=<entry>|<item>|\n {4}\{\n {6}"id")/).slice(1);
  const before = await texts();
  server.show(EVERY_KIND);
  expect(await texts()).toEqual(before);
  server.show({ ...EVERY_KIND, "resolved.md": (EVERY_KIND["resolved.md"] ?? "").replace("Almost.", "Almost there.") });
  const after = await texts();
  const changed = paths.map((path, index) => {
    const [old, now] = [entries(before[index] ?? ""), entries(after[index] ?? "")];
    expect(now).toHaveLength(old.length);
    return [path, now.filter((entry, place) => entry !== old[place]).length];
  });
  const concerned = /^\/(?:components\/web\/|incidents\/resolved\/)?(?:history|feed)/;
  expect(changed).toEqual(paths.map((path) => [path, concerned.test(path) ? 1 : 0]));
});

test("a feed of something that is not there is not there", async () => {
  const server = await served({
    "a.md": file({ title: "A", draft: true, updates: [update("2026-01-01", "resolved", "x")] }),
  });
  for (const path of [
    "/components/x/history.atom",
    "/incidents/a/history.atom",
    "/incidents/a.md",
    "/incidents/a.json",
  ]) {
    expect((await server.get(path)).status, path).toBe(404);
  }
});

test("no feed holds what needs our page: links of headings to themselves, and figures that are drawn", async () => {
  const server = await served(
    {
      "told.md": file(
        {
          title: "Told",
          components: ["api"],
          updates: [
            update("2026-11-20T10:00Z", "investigating", "## In an update\n\nText."),
            update("2026-11-20T11:00Z", "resolved", "Over."),
          ],
        },
        "\n## 概要\n\nText.\n\n::timeline\n",
      ),
    },
    { site: SITE.replace(/^description: .*\n/m, "") },
  );
  const page = "/incidents/told";
  for (const path of [
    "/history.atom",
    "/reports.rss",
    `${page}/history.atom`,
    `${page}/history.rss`,
    `${page}/feed.json`,
  ]) {
    const text = await (await server.get(path)).text();
    expect(text).toContain("Text.");
    expect(text).not.toMatch(/permalink|Link to “|(?:>|&gt;)#(?:<|&lt;)|svg/);
    expect(text).toContain("Status, incidents and incident reports of Lumen");
  }
  const report = await (await server.get("/reports.json")).text();
  expect(report).toContain("timeline-list");
});
