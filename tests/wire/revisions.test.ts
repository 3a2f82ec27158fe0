import { rmSync } from "node:fs";
import { join } from "node:path";
import ICAL from "ical.js";
import { expect, test } from "vitest";
import { publish, publishInto } from "#lib/publishing/publish.ts";
import { pastOf, publishedIn } from "#lib/publishing/published.ts";
import { rollBack } from "#lib/publishing/rollback.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { compile } from "#lib/site/compile/compile.ts";
import { calendar } from "#lib/site/views/calendar.ts";
import { openDatabase } from "#lib/store/database.ts";
import { openSnapshots, type SnapshotStore } from "#lib/store/snapshots.ts";
import { folderWith, put, SITE } from "./content-folder.ts";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const HOUR = 3_600_000;

const planned = (start: string, end: string, updates: readonly string[] = ["Soon."], more = "") =>
  `---\ntitle: New database\nscheduled: { start: ${start}, end: ${end} }\n${more}updates:\n${updates
    .map((body, day) => `  - { at: 2026-11-${10 + day}T10:00Z, status: scheduled, body: ${body} }`)
    .join("\n")}\n---\n`;

/** A site that is published again and again, with what its calendar says of the one maintenance each time. */
async function published(first: string) {
  const root = folderWith({ "content/site.yaml": SITE, "content/move.md": first });
  const environment: Environment = {
    port: 0,
    host: "127.0.0.1",
    content: join(root, "content"),
    data: join(root, "data"),
  };
  let now = NOW;
  const shown = async () => {
    await using database = await openDatabase(databaseOf(environment));
    return await shownIn(openSnapshots(database));
  };
  const shownIn = async (store: SnapshotStore) => {
    const { content } = (await publishedIn(store)) ?? {};
    if (!content) throw new Error("Nothing is published");
    const text = calendar(compile(content, now));
    const [event] = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent");
    const value = (name: string) => String(event?.getFirstPropertyValue(name));
    return {
      uid: value("uid"),
      start: value("dtstart"),
      sequence: Number(value("sequence")),
      modified: value("last-modified"),
      text,
    };
  };
  await publish(environment, { now });
  const change = async (text: string, path = "move.md") => {
    now += HOUR;
    put(environment.content, path, text);
    await publish(environment, { now });
    return await shown();
  };
  return {
    shown,
    change,
    async rename(path: string, text: string) {
      rmSync(join(environment.content, "move.md"));
      return await change(text, path);
    },
    /** As an export has it, which publishes into a store of its own. */
    async copy(text: string) {
      put(environment.content, "move.md", text);
      await using database = await openDatabase(":memory:");
      const store = openSnapshots(database);
      await publishInto(store, environment.content, { now: now + HOUR, past: await pastOf(environment) });
      return await shownIn(store);
    },
    async back() {
      now += HOUR;
      await rollBack(environment, undefined, { now });
      return await shown();
    },
  };
}

const [FIRST, LATER, LATEST] = [
  planned("2026-12-01T02:00Z", "2026-12-01T03:00Z"),
  planned("2026-12-02T02:00Z", "2026-12-02T03:00Z"),
  planned("2026-12-03T02:00Z", "2026-12-03T03:00Z"),
];

test("a maintenance that is moved has a higher sequence each time, without any update about it", async () => {
  const site = await published(FIRST);
  const states = [await site.shown(), await site.change(LATER), await site.change(LATEST), await site.change(LATER)];
  expect(states.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  expect(states.map(({ start }) => start.slice(8, 10))).toEqual(["01", "02", "03", "02"]);
  expect(new Set(states.map(({ uid }) => uid)).size).toBe(1);
  expect(states.map(({ modified }) => modified)).toEqual([
    "2026-11-10T10:00:00Z",
    "2026-11-22T11:00:00Z",
    "2026-11-22T12:00:00Z",
    "2026-11-22T13:00:00Z",
  ]);
});

test("a copy of the site counts as the server does", async () => {
  const site = await published(FIRST);
  expect((await site.change(LATER)).sequence).toBe(2);
  expect((await site.copy(LATER)).sequence).toBe(2);
  expect((await site.copy(LATEST)).sequence).toBe(3);
  expect((await site.shown()).sequence).toBe(2);
});

test("what does not change keeps its bytes, whatever else is published", async () => {
  const site = await published(FIRST);
  const moved = await site.change(LATER);
  const other = "---\ntitle: Other\nstarted: 2026-11-01T10:00Z\nended: 2026-11-01T11:00Z\n---\n";
  expect((await site.change(other, "other.md")).text).toBe(moved.text);
});

test("updates count as they did, and taking one back counts on", async () => {
  const site = await published(FIRST);
  const told = (updates: readonly string[]) => planned("2026-12-01T02:00Z", "2026-12-01T03:00Z", updates);
  const sequences: number[] = [];
  for (const updates of [["Soon.", "Later.", "Later still."], ["Soon."], ["Soon.", "Again."]])
    sequences.push((await site.change(told(updates))).sequence);
  expect(sequences).toEqual([3, 4, 5]);
});

test("a renamed file and an earlier snapshot count on as well", async () => {
  const site = await published(FIRST);
  await site.change(LATER);
  const renamed = await site.rename(
    "moved.md",
    planned("2026-12-03T02:00Z", "2026-12-03T03:00Z", ["Soon."], "redirects: [/incidents/move]\n"),
  );
  expect(renamed.sequence).toBe(3);
  const back = await site.back();
  expect([back.start.slice(8, 10), back.sequence]).toEqual(["02", 4]);
});
