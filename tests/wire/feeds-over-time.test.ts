import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Site } from "#lib/model/site.ts";
import { publish } from "#lib/publishing/publish.ts";
import { publishedIn } from "#lib/publishing/published.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { compile } from "#lib/site/compile/compile.ts";
import { calendar } from "#lib/site/views/calendar.ts";
import { eventFeed, type FeedEntry, reportsFeed, siteFeed } from "#lib/site/views/feed.ts";
import { openDatabase } from "#lib/store/database.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { folderWith, put } from "./content-folder.ts";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const HOUR = 3_600_000;
const MINUTE = 60_000;

const site = (url: string) => `name: Lumen\nurl: ${url}\ncomponents:\n  - { id: api, name: API }\n`;

const at = (ms: number) => new Date(ms).toISOString();

function incident(updates: readonly (readonly [number, string, string])[], front = "", report = ""): string {
  const list = updates.map(([when, status, body]) => `  - { at: ${at(when)}, status: ${status}, body: ${body} }`);
  return `---\ntitle: Requests fail\ncomponents: [api]\nimpact: minor\n${front}updates:\n${list.join("\n")}\n---\n${report}`;
}

/** A folder that is published again and again, each time with what its feeds hold. */
async function folder(files: Readonly<Record<string, string>>, url = "https://status.lumen.example") {
  const whole = Object.entries({ "site.yaml": site(url), ...files }).map(([path, text]) => [`content/${path}`, text]);
  const root = folderWith(Object.fromEntries(whole) as Record<string, string>);
  const environment: Environment = {
    port: 0,
    host: "127.0.0.1",
    content: join(root, "content"),
    data: join(root, "data"),
  };
  await publish(environment, { now: NOW, isQuiet: true });
  return async (now: number, changed: Readonly<Record<string, string | undefined>>, isQuiet = false): Promise<Site> => {
    for (const [path, text] of Object.entries(changed)) {
      if (text === undefined) rmSync(join(environment.content, path));
      else put(environment.content, path, text);
    }
    await publish(environment, { now, isQuiet });
    await using database = await openDatabase(databaseOf(environment));
    const published = await publishedIn(openSnapshots(database));
    if (!published) throw new Error("Nothing is published");
    return compile(published.content, now);
  };
}

const dates = ({ published, updated }: FeedEntry) => [at(published), at(updated)];
const names = ({ guid, tag }: FeedEntry) => [guid, tag];

test("a new item is dated by when readers could first see it, and keeps that date", async () => {
  const turn = await folder({});
  const seen = NOW + HOUR;
  const first = [NOW - 2 * HOUR, "investigating", "Requests fail."] as const;
  const backdated = await turn(seen, { "a.md": incident([first]) });
  expect(siteFeed(backdated).entries.map(dates)).toEqual([[at(seen), at(seen)]]);

  const reworded = [first[0], first[1], "Some requests fail."] as const;
  const second = [NOW, "resolved", "All succeed."] as const;
  const later = await turn(seen + HOUR, { "a.md": incident([reworded, second]) });
  expect(siteFeed(later).entries.map(dates)).toEqual([[at(seen), at(seen + HOUR)]]);
  const [event] = later.incidents;
  expect(event && eventFeed(later, event).entries.map(dates)).toEqual([
    [at(seen + HOUR), at(seen + HOUR)],
    [at(seen), at(seen)],
  ]);

  const reports = [
    ["report: { status: preliminary }\n", seen + 2 * HOUR],
    ["report: { status: final }\n", seen + 3 * HOUR],
  ] as const;
  const told: string[][] = [];
  for (const [front, when] of reports) {
    const text = incident([reworded, second], front, "\n## What happened\n\nA disk was full.\n");
    told.push(...reportsFeed(await turn(when, { "a.md": text })).entries.map(dates));
  }
  expect(told).toEqual([
    [at(seen + 2 * HOUR), at(seen + 2 * HOUR)],
    [at(seen + 2 * HOUR), at(seen + 3 * HOUR)],
  ]);
});

test("what is published first, quietly, or too late to be told keeps its own time", async () => {
  const old = incident([[NOW - 72 * HOUR, "resolved", "It is over."]]);
  const recent = incident([[NOW - HOUR, "resolved", "It is over."]]);
  const turn = await folder({ "first.md": recent });
  const own = (moment: number) => [at(moment), at(moment)];
  const quiet = await turn(NOW + MINUTE, { "quiet.md": recent }, true);
  expect(siteFeed(quiet).entries.map(dates)).toEqual([own(NOW - HOUR), own(NOW - HOUR)]);
  const late = await turn(NOW + 2 * MINUTE, { "old.md": old });
  expect(siteFeed(late).entries.map(dates).at(-1)).toEqual(own(NOW - 72 * HOUR));
});

test("an item has one id for ever, whatever its file and its site are called", async () => {
  const text = incident([[NOW - MINUTE, "investigating", "Requests fail."]]);
  const plan = `---\ntitle: New disk\nscheduled: { start: ${at(NOW + 48 * HOUR)}, end: ${at(NOW + 49 * HOUR)} }\n---\n`;
  const turn = await folder({ "before.md": text, "plan.md": plan }, "https://status.lumen.example:8443");
  const uids = (shown: Site) => calendar(shown).match(/^UID:.*$/gm);
  const before = await turn(NOW + MINUTE, { "more.md": incident([[NOW - HOUR, "resolved", "It is over."]]) });
  expect(siteFeed(before).tag).toBe("tag:status.lumen.example,2005:/history");
  expect(siteFeed(before).entries.flatMap(names).join(" ")).not.toMatch(/8443|before/);

  const renamed = text.replace("title:", "redirects: [/incidents/before]\ntitle:");
  const after = await turn(NOW + 2 * MINUTE, { "before.md": undefined, "after.md": renamed });
  expect(siteFeed(after).entries.map(names)).toEqual(siteFeed(before).entries.map(names));
  for (const url of ["http://status.lumen.example/path", "https://other.example", "https://third.example"]) {
    const moved = await turn(NOW + 3 * MINUTE, { "site.yaml": site(url) });
    expect(moved.config.url).toBe(url);
    expect(siteFeed(moved).tag).toBe(siteFeed(before).tag);
    expect(siteFeed(moved).entries.map(names)).toEqual(siteFeed(before).entries.map(names));
    expect(uids(moved)).toEqual(uids(before));
  }
});
