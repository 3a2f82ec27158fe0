import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { checkFolder } from "#lib/content/folder/folder.ts";
import type { Content, Site } from "#lib/model/site.ts";
import { compile } from "#lib/site/compile/compile.ts";
import { contentOf, HOUR, MINUTE, siteOf, updates } from "./site-of.ts";

const WINDOW = "components: [api]\nscheduled: { start: 2026-03-10T14:00Z, end: 2026-03-10T16:00Z }";
const OUTAGE = "impact: major\ncomponents: [api]";

/** A Site without the moment it was computed for, and without what grows with every millisecond. */
function lasting(site: Site): unknown {
  return JSON.parse(
    JSON.stringify(site, (key, value: unknown) =>
      ["now", "validUntil", "lasted", "observedMs", "affectedMs", "lostMs", "uptime"].includes(key) ? undefined : value,
    ),
  );
}

const CASES: readonly (readonly [name: string, files: Record<string, string>, now: string, validUntil: string])[] = [
  ["midnight", {}, "2026-03-10T12:00Z", "2026-03-11T00:00Z"],
  ["a window's beginning", { it: WINDOW }, "2026-03-10T12:00Z", "2026-03-10T14:00Z"],
  [
    "a window's end",
    { it: `${WINDOW}\n${updates("2026-03-10T15:30Z completed")}` },
    "2026-03-10T15:45Z",
    "2026-03-10T16:00Z",
  ],
  [
    "a promise that runs out",
    { it: `${OUTAGE}\n${updates("2026-03-07T17:00Z investigating", "2026-03-07T18:00Z resolved")}` },
    "2026-03-10T12:00Z",
    "2026-03-10T18:00Z",
  ],
  [
    "a promised date that is over",
    { it: `${updates("2026-03-01T17:00Z resolved")}\nreport: { status: preliminary, due: 2026-03-10 }\n===\nText.` },
    "2026-03-10T12:00Z",
    "2026-03-11T00:00Z",
  ],
  [
    "an end that was told in advance",
    { it: `${OUTAGE}\nstarted: 2026-03-10T11:00Z\nended: 2026-03-10T12:00:30Z` },
    "2026-03-10T12:00Z",
    "2026-03-10T12:00:30Z",
  ],
  [
    "a start that was told in advance",
    { it: "components: { api: major_outage }\nstarted: 2026-03-10T12:00:20Z" },
    "2026-03-10T12:00Z",
    "2026-03-10T12:00:20Z",
  ],
];

test.each(CASES)("a Site is valid until %s", (_name, files, now, validUntil) => {
  expect(new Date(siteOf(files, now).validUntil).toISOString()).toBe(new Date(validUntil).toISOString());
});

test.each(CASES)("until %s the Site stays as it is but for what still lasts", (_name, files, now) => {
  const site = siteOf(files, now);
  const content = contentOf(files);
  for (const at of [site.now + 1, Math.floor((site.now + site.validUntil) / 2), site.validUntil - 1]) {
    expect(lasting(compile(content, at))).toEqual(lasting(site));
  }
});

test.each(CASES)("at %s the Site changes", (_name, files, now) => {
  const site = siteOf(files, now);
  const later = compile(contentOf(files), site.validUntil);
  expect(later.validUntil).toBeGreaterThan(site.validUntil);
  // Of a window's end nothing is seen where an update was first, and at an edge of uptime only its figures move.
  expect(JSON.stringify({ ...later, now: 0, validUntil: 0 })).not.toBe(
    JSON.stringify({ ...site, now: 0, validUntil: 0 }),
  );
});

test("while something lasts the Site is valid for a minute at most, as its length grows", () => {
  const files = { it: `${OUTAGE}\n${updates("2026-03-10T11:00Z investigating")}` };
  const site = siteOf(files, "2026-03-10T12:00Z");
  expect(site.validUntil - site.now).toBe(MINUTE);
  expect(siteOf(files, "2026-03-10T23:59:50Z").validUntil).toBe(Date.parse("2026-03-11T00:00Z"));
});

test("midnight is that of the site's zone, also where a day has 23 hours", () => {
  const until = (now: string, timezone: string) => new Date(siteOf({}, now, { timezone }).validUntil).toISOString();
  expect(until("2026-03-28T23:00Z", "Europe/Copenhagen")).toBe("2026-03-29T22:00:00.000Z");
  expect(until("2026-10-24T22:00Z", "Europe/Copenhagen")).toBe("2026-10-25T23:00:00.000Z");
  expect(until("2026-03-10T12:00Z", "Pacific/Kiritimati")).toBe("2026-03-11T10:00:00.000Z");
});

/** The demonstration content, as it may be published. */
async function demo(): Promise<Content> {
  const folder = resolve(import.meta.dirname, "../../incidents");
  const { config, entries } = await checkFolder(folder, Date.parse("2026-11-22T12:00Z"));
  if (!config) throw new Error("The demonstration content has no site.yaml.");
  expect(readFileSync(join(folder, "site.yaml"), "utf8")).toContain(config.name);
  return { config, entries, images: [] };
}

test("over months of the demonstration content nothing changes between the moments that are named", async () => {
  const content = await demo();
  let site = compile(content, Date.parse("2026-10-14T00:00Z"));
  let steps = 0;
  while (site.now < Date.parse("2026-12-20T00:00Z")) {
    expect(lasting(compile(content, site.validUntil - 1))).toEqual(lasting(site));
    expect(site.validUntil).toBeGreaterThan(site.now);
    // Through the hours in which things last, in steps that a test has time for.
    site = compile(content, Math.max(site.validUntil, site.now + 3 * HOUR));
    steps += 1;
  }
  expect(steps).toBeGreaterThan(60);
});

test("a Site is frozen through and through", async () => {
  const site = compile(await demo(), Date.parse("2026-11-17T09:00Z"));
  const loose: string[] = [];
  const walk = (value: unknown, path: string) => {
    if (typeof value !== "object" || value === null) return;
    if (!Object.isFrozen(value)) loose.push(path);
    for (const [key, part] of Object.entries(value)) walk(part, `${path}.${key}`);
  };
  walk(site, "site");
  expect(loose).toEqual([]);
  expect(() => Object.assign(site.incidents[0] ?? {}, { title: "x" })).toThrow(TypeError);
});

test("a Site is plain: what JSON makes of it is all of it", async () => {
  const site = compile(await demo(), Date.parse("2026-11-17T09:00Z"));
  expect(JSON.parse(JSON.stringify(site))).toEqual(site);
});

test("compiling twice gives equal Sites, and content that was compiled can be compiled again", async () => {
  const content = await demo();
  const now = Date.parse("2026-11-17T09:00Z");
  const first = JSON.stringify(compile(content, now));
  expect(JSON.stringify(compile(content, now))).toBe(first);
  expect(JSON.stringify(compile(JSON.parse(JSON.stringify(content)) as Content, now))).toBe(first);
});
