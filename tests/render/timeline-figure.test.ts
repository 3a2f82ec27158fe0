import { toHtml } from "hast-util-to-html";
import { toString as textOf } from "hast-util-to-string";
import { expect, test } from "vitest";
import { timelineFigure } from "#lib/site/views/timeline-figure.ts";
import { onlyEvent, siteOf } from "./site.ts";

interface Said {
  readonly at: string;
  readonly status?: string;
}

function figure(front: Readonly<Record<string, string>>, updates: readonly Said[] = []) {
  const said = updates.map(({ at, status = "update" }) => ({ at, status, body: "Text." }));
  const site = siteOf({ "a.md": `---\n${JSON.stringify({ title: "T", ...front, updates: said })}\n---\n` });
  const children = timelineFigure(onlyEvent(site), site.config);
  const list = children.find((child) => child.type === "element" && child.tagName === "ol");
  const html = toHtml({ type: "root", children: [...children] });
  return {
    items:
      list?.type === "element" ? list.children.map((item) => textOf({ type: "root", children: [item] as never })) : [],
    html,
    marks: [...html.matchAll(/class="timeline-mark" cx="([\d.]+)%" cy="(\d+)"/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]),
    caption: /<figcaption>(.*?)<\/figcaption>/.exec(html)?.[1] ?? "",
  };
}

const WHOLE = { started: "2026-11-20T10:00Z", detected: "2026-11-20T10:10Z", ended: "2026-11-20T11:40Z" };

test("the list tells every moment, with the time since the start", () => {
  const { items } = figure(WHOLE, [
    { at: "2026-11-20T10:20Z", status: "investigating" },
    { at: "2026-11-20T11:50Z", status: "resolved" },
    { at: "2026-11-21T10:00Z" },
  ]);
  expect(items).toEqual([
    "Began 20 November 2026 at 10:00 UTC",
    "Detected 20 November 2026 at 10:10 UTC +10 mins",
    "Investigating 20 November 2026 at 10:20 UTC +20 mins",
    "Over 20 November 2026 at 11:40 UTC +1 hr, 40 mins",
    "Resolved 20 November 2026 at 11:50 UTC +1 hr, 50 mins",
    "Update after the end 21 November 2026 at 10:00 UTC +1 day",
  ]);
});

test("what happened at one time is one moment", () => {
  const { items, marks } = figure({ started: "2026-11-20T10:00Z", detected: "2026-11-20T10:00Z" }, [
    { at: "2026-11-20T10:00Z", status: "investigating" },
    { at: "2026-11-20T11:00Z", status: "resolved" },
  ]);
  expect(items).toEqual([
    "Began; detected; investigating 20 November 2026 at 10:00 UTC",
    "Resolved 20 November 2026 at 11:00 UTC +1 hr",
  ]);
  expect(marks).toHaveLength(2);
});

test("the drawing is to scale from start to end, and what came later stands behind", () => {
  const { marks, html, caption } = figure({ started: "2026-11-20T10:00Z", ended: "2026-11-20T12:00Z" }, [
    { at: "2026-11-20T11:00Z", status: "investigating" },
    { at: "2026-11-20T12:00Z", status: "resolved" },
    { at: "2026-11-25T12:00Z" },
    { at: "2026-11-26T12:00Z" },
  ]);
  const xs = marks.map(([x]) => x ?? 0);
  expect(xs[0]).toBe(2);
  expect(xs[1]).toBe(44);
  expect(xs[2]).toBe(86);
  expect(xs.slice(3).every((x) => x > 86 && x < 100)).toBe(true);
  expect(xs.toSorted((a, b) => a - b)).toEqual(xs);
  expect(html).toContain('<rect class="timeline-bar" x="2%"');
  expect(html).toContain('aria-hidden="true"');
  expect(caption).toMatch(/to scale/);
});

test("marks that would cover each other stand in rows of their own", () => {
  const { marks } = figure({ started: "2026-11-20T10:00Z", ended: "2026-11-20T20:00Z" }, [
    { at: "2026-11-20T10:01Z" },
    { at: "2026-11-20T10:02Z" },
    { at: "2026-11-20T20:00Z", status: "resolved" },
  ]);
  expect(marks.map(([, y]) => y)).toEqual([11, 33, 55, 11]);
});

test("dates alone, and what has not ended, are listed and not drawn", () => {
  const dates = figure({ started: "2026-11-10/2026-11-11", ended: "2026-11-12" }, [
    { at: "2026-11-12", status: "resolved" },
  ]);
  expect(dates.html).not.toContain("<svg");
  expect(dates.caption).toBe("Timeline, by date");
  expect(dates.items).toEqual(
    ["Began 10–11 November 2026", "Resolved 12 November 2026"].map((item) =>
      expect.stringMatching(item.replace("–", ".{1,3}")),
    ),
  );
  const open = figure({ started: "2026-11-22T10:00Z" }, [{ at: "2026-11-22T10:05Z", status: "investigating" }]);
  expect(open.html).not.toContain("<svg");
});

test("an incident that lasted no time at all is still drawn", () => {
  const { marks, html } = figure({ started: "2026-11-20T10:00Z" }, [{ at: "2026-11-20T10:00Z", status: "resolved" }]);
  expect(marks).toEqual([[2, 11]]);
  expect(html).not.toContain("NaN");
});
