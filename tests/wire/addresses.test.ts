import { describe, expect, it } from "vitest";
import { parseEntry } from "#lib/content/parse/entry.ts";
import type { Content, Site } from "#lib/model/site.ts";
import { compile } from "#lib/site/compile/compile.ts";
import { addressBook } from "#lib/web/addresses.ts";

const NOW = Date.parse("2026-11-22T10:00:00Z");

function sourceOf(front: string): { site: Site; content: Content } {
  const text = `---\ntitle: A\nstarted: 2026-09-01T10:00Z\n${front}\n---\n`;
  const { entry } = parseEntry("2026-a.md", Buffer.from(text), "UTC");
  if (!entry) throw new Error("The entry has errors");
  const config = {
    name: "A",
    url: "https://a.example",
    description: "",
    timezone: "UTC",
    locale: "en",
    support: {},
    components: [{ id: "api", name: "API" }],
    reports: {},
  };
  const content = { config, entries: [entry], images: [] };
  return { content, site: compile(content, NOW) };
}

const book = addressBook(".");

describe("the address book", () => {
  it("knows the pages there are, and no others", () => {
    const source = sourceOf("components: [api]");
    for (const path of [
      "/",
      "/incidents/2026-a",
      "/components/api",
      "/history/2026/01",
      "/history/2026/11",
      "/assets/candor.js",
    ]) {
      expect(book.find(source, path), path).toEqual({ kind: "page" });
    }
    for (const path of [
      "/incidents/x",
      "/components/x",
      "/history/2025/12",
      "/history/2026/12",
      "/history/2026/13",
      "/_next/static/x.js",
      "/files/a/b.png",
    ]) {
      expect(book.find(source, path), path).toBeUndefined();
    }
  });

  it("leads the pages, feeds and pictures of a component on from the ids it had before", () => {
    const { content } = sourceOf("components: [api]");
    const api = { id: "api", name: "API", former: ["backend", "core"] };
    const config = { ...content.config, components: [api] };
    const source = { content, site: compile({ ...content, config }, NOW) };
    for (const former of api.former) {
      for (const end of ["", "/history.atom", "/history.rss", "/feed.json", "/calendar.ics", "/badge.svg"]) {
        const to = `/components/api${end}`;
        expect(book.find(source, `/components/${former}${end}`), to).toEqual({ kind: "moved", to });
      }
    }
    expect(book.find(source, "/components/other")).toBeUndefined();
  });

  it("leads former addresses on, in whatever letters they are asked for", () => {
    const source = sourceOf("redirects: [/issues/Ø-Mast/, /old%20name]");
    for (const path of ["/issues/%C3%98-mast", "/old%20name"]) {
      expect(book.find(source, path), path).toEqual({ kind: "moved", to: "/incidents/2026-a" });
    }
  });

  it("keeps of a query only what names something the site has", () => {
    const { site } = sourceOf("components: [api]\ntags: [a&b]");
    const query = (path: string, text: string) => book.query(site, path, new URLSearchParams(text));
    expect(query("/history", "page=1&tag=a%26b&component=api&utm=x")).toBe("?component=api&tag=a%26b&page=1");
    expect(query("/history", "component=x&tag=y&impact=z&kind=q&page=2")).toBe("");
    expect(query("/", "component=api")).toBe("");
    expect(query("/reports", "page=1&utm=x")).toBe("?page=1");
    expect(query("/reports", "page=2&tag=a%26b")).toBe("");
  });
});

describe("former addresses", () => {
  it.each(["/../x", "/a/../../x", "/%2e%2e/x", "/a%2fb", "/a//b", "/.well-known/x", "/100%/", "/a\\b", "x"])(
    "refuse %s",
    (path) => {
      expect(() => sourceOf(`redirects: [${JSON.stringify(path)}]`)).toThrow("errors");
    },
  );
});
