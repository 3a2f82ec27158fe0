import { expect, onTestFinished, test, vi } from "vitest";
import { publishInto } from "#lib/publishing/publish.ts";
import { openSnapshots, type SnapshotStore } from "#lib/store/snapshots.ts";
import { type Following, followStore, type LiveReader } from "#lib/web/live-reader.ts";
import { HANGS } from "#tests/hang-guard.ts";
import { opened } from "../databases.ts";
import { folderWith, incident, put, SITE } from "./content-folder.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");

async function follow(store: SnapshotStore, more: Partial<Following> = {}): Promise<LiveReader> {
  const onError = (error: unknown) => expect.unreachable(String(error));
  const reader = await followStore(store, { clock: () => NOW, onError, ...more });
  onTestFinished(() => reader.close());
  return reader;
}

function titles(reader: LiveReader): string[] {
  return reader.site().incidents.map(({ title }) => title);
}

test("what is published is shown, and what is published next soon after", async () => {
  const folder = folderWith({ "site.yaml": SITE, "a.md": incident("A") });
  const store = openSnapshots(await opened(":memory:"));
  await expect(follow(store)).rejects.toThrow("Nothing has been published yet");
  await publishInto(store, folder, { now: NOW });
  const reader = await follow(store);
  const [site, stamp] = [reader.site(), reader.stamp()];
  expect(titles(reader)).toEqual(["A"]);
  expect(reader.site()).toBe(site);

  put(folder, "a.md", incident("B"));
  await publishInto(store, folder, { now: NOW });
  await vi.waitFor(() => expect(titles(reader)).toEqual(["B"]), HANGS);
  expect(reader.stamp()).not.toBe(stamp);
});

test("while the store is away the last good Site stays, the fault is told once, and it is followed again after", async () => {
  const folder = folderWith({ "site.yaml": SITE, "a.md": incident("A") });
  const store = openSnapshots(await opened(":memory:"));
  await publishInto(store, folder, { now: NOW });
  let isAway = false;
  let asked = 0;
  const errors: unknown[] = [];
  const unsteady: SnapshotStore = {
    ...store,
    async latest() {
      asked += 1;
      if (isAway) throw new Error("connection refused");
      return await store.latest();
    },
  };
  const reader = await follow(unsteady, { onError: (error) => errors.push(error) });
  put(folder, "a.md", incident("B"));
  isAway = true;
  await publishInto(store, folder, { now: NOW });
  const before = asked;
  await vi.waitFor(() => expect(asked).toBeGreaterThan(before + 2), HANGS);
  expect(titles(reader)).toEqual(["A"]);
  expect(errors).toEqual([new Error("connection refused")]);
  isAway = false;
  await vi.waitFor(() => expect(titles(reader)).toEqual(["B"]), HANGS);
});

test("a number that comes again with other content is taken for something new", async () => {
  const one = openSnapshots(await opened(":memory:"));
  const other = openSnapshots(await opened(":memory:"));
  await publishInto(one, folderWith({ "site.yaml": SITE, "a.md": incident("A") }), { now: NOW });
  await publishInto(other, folderWith({ "site.yaml": SITE, "a.md": incident("Z") }), { now: NOW });
  let store = one;
  const reader = await follow({ ...one, latest: () => store.latest(), content: (id) => store.content(id) });
  const stamp = reader.stamp();
  store = other;
  await vi.waitFor(() => expect(titles(reader)).toEqual(["Z"]), HANGS);
  expect(reader.stamp()).not.toBe(stamp);
});

test("as time passes the Site follows, without a publication", async () => {
  const folder = folderWith({ "site.yaml": SITE, "a.md": incident("A") });
  const store = openSnapshots(await opened(":memory:"));
  await publishInto(store, folder, { now: NOW });
  let now = NOW;
  const reader = await follow(store, { clock: () => now });
  now = reader.site().validUntil;
  await vi.waitFor(() => expect(reader.site().now).toBe(now), HANGS);
  now = NOW;
  await vi.waitFor(() => expect(reader.site().now).toBe(NOW), HANGS);
});
