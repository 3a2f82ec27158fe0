import { XmlDocument } from "libxml2-wasm";
import { expect, test } from "vitest";
import { IncidentDocument } from "#lib/site/api/shape.ts";
import { NOW } from "../render/site.ts";
import { EVERY_KIND, SITE } from "./every-kind.ts";
import { served } from "./server.ts";

const open = () => served(EVERY_KIND, { site: SITE });

test.each([
  ["text/html,application/xhtml+xml,*/*;q=0.8", "text/html"],
  ["*/*", "text/html"],
  ["", "text/html"],
  ["application/json", "application/json; charset=utf-8"],
  ["text/markdown, text/html;q=0.5", "text/markdown; charset=utf-8"],
  ["text/markdown;q=0.5, text/html", "text/html"],
  ["application/json;q=0, */*", "text/html"],
])("an incident asked for as “%s” comes as %s", async (accept, type) => {
  const answer = await (await open()).get("/incidents/resolved", { accept });
  // Pages need the framework, which these tests do without.
  const isPage = type === "text/html";
  expect(answer.headers.get("content-type")).toBe(type);
  expect(answer.status).toBe(isPage ? 404 : 200);
  expect(answer.headers.get("vary")).toBe("Accept, Accept-Encoding");
});

test("as Markdown it is what was written, without a word of a draft", async () => {
  const server = await open();
  const text = await (await server.get("/incidents/resolved.md")).text();
  expect(text).toContain("title: Slow pages\n");
  expect(text).toContain("  - at: 2026-07-01T10:05:00Z\n    status: investigating\n    body: Slow.\n");
  expect((await server.get("/incidents/draft.md")).status).toBe(404);
  expect((await server.get("/incidents/draft.json")).status).toBe(404);
});

test("as data it is of the shape that is described", async () => {
  const server = await open();
  for (const slug of Object.keys(EVERY_KIND).filter((name) => name !== "draft.md")) {
    const document = await server.json(`/incidents/${slug.replace(".md", ".json")}`);
    expect(IncidentDocument.parse(document)).toEqual(document);
  }
  expect(await server.json("/incidents/reported.json")).toMatchObject({
    kind: "incident",
    status: "resolved",
    ended: "2026-06-02",
    updates: [{ at: "2026-06-01T00:00:00.250Z" }, { at: "2026-06-02", status: "resolved" }],
    report: { status: "final", published: "2026-06-10", body: "## Summary\n\nAll of it." },
  });
});

test("the sitemap names every page with the day it last changed", async () => {
  const document = XmlDocument.fromString(await (await (await open()).get("/sitemap.xml")).text());
  const values = (name: string) =>
    document
      .find(`//s:${name}`, { s: "http://www.sitemaps.org/schemas/sitemap/0.9" })
      .map((node) => ("content" in node ? node.content : ""));
  expect(values("loc")).toHaveLength(5 + 4 + 4 + 8);
  expect(values("loc")).toContain("https://status.lumen.example/history/2026/07");
  expect(values("loc")).toContain("https://status.lumen.example/incidents/resolved");
  expect(values("lastmod")).toContain("2026-07-01T11:00:00.000Z");
  // What is planned for later was told of before.
  expect(values("lastmod")).toContain("2026-11-18T10:00:00.000Z");
  for (const time of values("lastmod")) expect(Date.parse(time)).toBeLessThanOrEqual(NOW);
  document.dispose();
});

test("robots are led to the sitemap, and language models to the texts", async () => {
  const server = await open();
  expect(await (await server.get("/robots.txt")).text()).toContain(
    "Sitemap: https://status.lumen.example/sitemap.xml\n",
  );
  const llms = await (await server.get("/llms.txt")).text();
  expect(llms).toMatch(/^# Lumen status\n\n> Status of Lumen\n/);
  expect(llms).toContain(
    "- [Slow pages](https://status.lumen.example/incidents/resolved.md): 2026-07-01, resolved. Over.",
  );
  expect(llms).not.toContain("Secret draft");
});

test.each(["", "?style=flat", "?style=plastic", "?style=for-the-badge", "?style=nothing"])(
  "a badge%s says in words what it shows, and may do nothing",
  async (query) => {
    const server = await open();
    for (const [path, words] of [
      ["/badge.svg", "Lumen: partial outage"],
      ["/components/api/badge.svg", "API: degraded performance"],
    ]) {
      const answer = await server.get(path + query);
      expect(answer.headers.get("content-type")).toBe("image/svg+xml");
      expect(answer.headers.get("content-security-policy")).toMatch(/^default-src 'none';.*sandbox$/);
      const document = XmlDocument.fromString(await answer.text());
      const [label] = document.find("/s:svg[@role='img']/@aria-label", { s: "http://www.w3.org/2000/svg" });
      expect(label && "value" in label ? String(label.value).toLowerCase() : "").toBe(words?.toLowerCase());
      document.dispose();
    }
  },
);
