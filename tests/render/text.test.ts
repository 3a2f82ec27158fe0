import { expect, test } from "vitest";
import { reportHtml, reportSummary, summaryText, updateHtml } from "#lib/site/views/text.ts";
import { onlyEvent, siteOf } from "./site.ts";

const PICTURE = { path: "2026/pictures/a b.png", url: "/files/0123456789abcdef/a%20b.png", width: 4, height: 3 };

/** An incident in a folder, with one update and a report. */
function texts(update: string, report = "") {
  const front = JSON.stringify({
    title: "T",
    updates: [{ at: "2026-11-20T10:00Z", status: "resolved", body: update }],
  });
  const site = siteOf({ "2026/one/one.md": `---\n${front}\n---\n${report}` }, { images: [PICTURE] });
  const event = onlyEvent(site);
  const [first] = event.updates;
  if (!first) throw new Error("The update is missing");
  return { site, event, update: updateHtml(event, first, site), report: reportHtml(event, site) };
}

test("a picture beside the file is shown in its size, any other is only linked or named", () => {
  const { update } = texts(
    "![A](../pictures/a%20b.png) ![B](../pictures/missing.png) ![C](https://example.com/c.png) ![D](/etc/d.png) ![E](%zz.png)",
  );
  expect(update).toContain(`<img src="${PICTURE.url}" alt="A" width="4" height="3" loading="lazy" decoding="async">`);
  expect(update.match(/<img/g)).toHaveLength(1);
  expect(update).toContain("Image: B");
  expect(update).toContain('<a href="https://example.com/c.png" rel="noopener">Image: C</a>');
});

test("a link to another incident's file leads to its page, and any other where it was written to", () => {
  const { update } = texts(
    "[a](../two.md) [b](two.md#root-cause) [c](https://example.com/x.md) [d](/history) [e](#u1) [f](mailto:a@b.example) [g](../a/b/three.md)",
  );
  const links = [...update.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
  expect(links).toEqual([
    "/incidents/two",
    "/incidents/two#root-cause",
    "https://example.com/x.md",
    "/history",
    "#u1",
    "mailto:a@b.example",
    "/incidents/three",
  ]);
});

test("headings stand below the page's own, and their identifiers apart", () => {
  const { update, report } = texts(
    "# Big\n\ntext",
    "## Cause\n\nA disk.\n\n### Detail\n\nIt was full.\n\n## Cause\n\nNo other.",
  );
  expect(update).toMatch(/^<h4 id="u20261120T100000Z-[a-z0-9]{12}-big">/);
  expect(report.headings.map(({ id, level, text }) => [id, level, text])).toEqual([
    ["cause", 3, "Cause"],
    ["detail", 4, "Detail"],
    ["cause-1", 3, "Cause"],
  ]);
});

test("a summary is one line of the last thing said, cut between words", () => {
  const long = `${"word ".repeat(60)}end`;
  const summaryOf = (body: string) => {
    const { event, site } = texts(body);
    return summaryText(event, site);
  };
  expect(summaryOf("**Bold** and [a link](/x).\n\n- one\n- two")).toBe("Bold and a link. one two");
  const cut = summaryOf(long);
  expect(cut).toMatch(/^(?:word )+word…$/);
  expect(cut.length).toBeLessThanOrEqual(201);
  expect(summaryOf("x".repeat(300))).toBe(`${"x".repeat(200)}…`);
});

test("a summary is what was said while it lasted, or else the last word", () => {
  const front = (statuses: readonly string[]) =>
    JSON.stringify({
      title: "T",
      started: "2026-11-20T09:00Z",
      updates: statuses.map((status, index) => ({
        at: `2026-11-20T1${index}:00Z`,
        status,
        body: `${status} ${index}`,
      })),
    });
  const summaryOf = (file: string) => {
    const site = siteOf({ "a.md": file });
    return summaryText(onlyEvent(site), site);
  };
  const summary = (...statuses: string[]) => summaryOf(`---\n${front(statuses)}\n---\n`);
  expect(summary("investigating", "resolved", "update")).toBe("resolved 1");
  expect(summary("investigating", "identified")).toBe("identified 1");
  expect(summary("investigating", "resolved", "investigating", "resolved")).toBe("resolved 3");
  expect(summaryOf("---\ntitle: T\nstarted: 2026-11-20\n---\n## Why\n\nBecause.\n")).toBe("Because.");
});

test("a report is summed up by its first paragraph, whatever stands above it", () => {
  const report = "## What happened\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nThe API was down.\n\nMore.";
  const file = `---\ntitle: T\nstarted: 2026-03-05T10:00Z\nended: 2026-03-05T11:00Z\n---\n${report}\n`;
  const site = siteOf({ "a.md": file });
  expect(reportSummary(onlyEvent(site), site)).toBe("The API was down.");
});
