import { expect, test } from "vitest";
import { sitemap } from "#lib/site/views/crawlers.ts";
import { eventData, siteData } from "#lib/site/views/linked-data.ts";
import { onlyEvent, siteOf } from "./site.ts";

const file = (front: object, report = "") => `---\n${JSON.stringify(front)}\n---\n${report}`;

test("nothing in it ends the element that it stands in, and it says the same all the same", () => {
  const title = "</script><script>alert(1)</script> <!-- & \u2028";
  const site = siteOf({
    "a.md": file({ title, updates: [{ at: "2026-11-20", status: "resolved", body: "</script>" }] }),
  });
  const text = eventData(onlyEvent(site), site);
  expect(text).not.toMatch(/[<>&\u2028]/);
  expect(JSON.parse(text)).toMatchObject({ "@type": "Article" });
  expect(JSON.parse(text)).toMatchObject({ headline: title.replace("\u2028", "").trim(), datePublished: "2026-11-20" });
  expect(JSON.parse(siteData(site))).toMatchObject({ "@type": "WebSite", name: "Lumen status" });
});

test("it was changed when anything was last said, in the report or after it", () => {
  const dates = (published: string, last: string) => {
    const front = {
      title: "A",
      report: { status: "final", published },
      updates: [
        { at: "2026-11-01T10:00Z", status: "investigating", body: "x" },
        { at: last, status: "resolved", body: "x" },
      ],
    };
    const site = siteOf({ "a.md": file(front, "\n## Summary\n\nText.\n") });
    return JSON.parse(eventData(onlyEvent(site), site)) as object;
  };
  const datePublished = "2026-11-01T10:00Z";
  expect(dates("2026-11-10", "2026-11-02T10:00Z")).toMatchObject({ "@type": "Report" });
  expect(dates("2026-11-10", "2026-11-02T10:00Z")).toMatchObject({ datePublished, dateModified: "2026-11-10" });
  expect(dates("2026-11-03", "2026-11-09T10:00Z")).toMatchObject({ datePublished, dateModified: "2026-11-09T10:00Z" });
});

test("a component's page last changed with what affects it, and with nothing else", () => {
  const said = (component: string, at: string) =>
    file({
      title: component,
      components: { [component]: "major_outage" },
      updates: [{ at, status: "resolved", body: "x" }],
    });
  const site = siteOf({ "a.md": said("api", "2026-11-01T10:00Z"), "b.md": said("web", "2026-11-09T10:00Z") });
  const times = new Map(
    [...sitemap(site).matchAll(/<loc>([^<]*)<\/loc>(?:<lastmod>([^<]*))?/g)].map(([, page = "", time]) => [
      page.replace(/^.*\/components\//, ""),
      time,
    ]),
  );
  expect(times.get("api")).toBe("2026-11-01T10:00:00.000Z");
  expect(times.get("web")).toBe("2026-11-09T10:00:00.000Z");
});
