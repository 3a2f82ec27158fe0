import { describe, expect, it } from "vitest";
import { parseEntry } from "#lib/content/parse/entry.ts";
import type { Content, PublishedEntry } from "#lib/model/site.ts";
import { withPreliminary } from "#lib/publishing/preliminary.ts";
import { compile } from "#lib/site/compile/compile.ts";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const CONFIG = {
  name: "A",
  url: "https://a.example",
  description: "",
  timezone: "Europe/Copenhagen",
  locale: "en",
  support: {},
  components: [],
  reports: {},
};

function content(keys: string, body: string, slug = "2026-a"): Content {
  const text = `---\ntitle: A\nstarted: 2026-11-01T10:00Z\nended: 2026-11-01T11:00Z\n${keys}\n---\n${body}`;
  const { entry, problems } = parseEntry(`${slug}.md`, Buffer.from(text), "UTC");
  if (!entry) throw new Error(JSON.stringify(problems));
  return { config: CONFIG, entries: [entry], images: [] };
}

const preliminary = content("report: { status: preliminary }", "We think so.\n");
const final = content("report: { status: final }", "We know it.\n");
const only = ({ entries: [entry] }: Content) => entry as PublishedEntry;

describe("the preliminary version of a report", () => {
  const closed = withPreliminary(final, { content: preliminary, publishedAt: NOW });

  it("is kept when the report becomes final, with when it was published", () => {
    expect(only(closed).preliminary).toEqual({
      body: "We think so.\n",
      published: { kind: "instant", at: NOW, offset: 60, precision: "minute", approximate: false },
    });
    const stated = content("report: { status: preliminary, published: 2026-11-05 }", "We think so.\n");
    expect(only(withPreliminary(final, { content: stated, publishedAt: NOW })).preliminary?.published).toMatchObject({
      kind: "day",
      on: "2026-11-05",
    });
  });

  it("is carried on by every later publication, and through a rename that its redirect tells of", () => {
    const reworded = content("report: { status: final }", "We know it well.\n");
    const again = withPreliminary(reworded, { content: closed, publishedAt: NOW + 1_000 });
    expect(only(again).preliminary).toEqual(only(closed).preliminary);
    const renamed = content("redirects: [/issues/old, /incidents/2026-a/]", "We know it well.\n", "2026-b");
    expect(only(withPreliminary(renamed, { content: again, publishedAt: NOW })).preliminary).toEqual(
      only(closed).preliminary,
    );
  });

  it("is none where readers saw none, and goes when the report is preliminary again", () => {
    expect(withPreliminary(final, undefined)).toBe(final);
    expect(only(withPreliminary(final, { content: final, publishedAt: NOW })).preliminary).toBeUndefined();
    const elsewhere = content("report: { status: preliminary }", "Another.\n", "2026-other");
    expect(only(withPreliminary(final, { content: elsewhere, publishedAt: NOW })).preliminary).toBeUndefined();
    expect(only(withPreliminary(preliminary, { content: closed, publishedAt: NOW })).preliminary).toBeUndefined();
  });

  it("stands beside the final report in the Site, and beside no other", () => {
    expect(compile(closed, NOW).incidents[0]?.report?.preliminary?.body).toBe("We think so.\n");
    const open = { ...closed, entries: [{ ...only(preliminary), ...{ preliminary: only(closed).preliminary } }] };
    expect(compile(open as Content, NOW).incidents[0]?.report?.preliminary).toBeUndefined();
  });
});
