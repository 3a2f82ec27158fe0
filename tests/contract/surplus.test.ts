import { describe, expect, test } from "vitest";
import type { Content } from "#lib/model/site.ts";
import { openSnapshots, type Snapshot } from "#lib/store/snapshots.ts";
import { findSurplus, removeSurplus } from "#lib/store/surplus.ts";
import { newLocation, opened, STORES } from "../databases.ts";

function contentOf(hash: string): Content {
  const config = { url: "https://status.tidewater.example", description: "", timezone: "UTC", locale: "en" };
  const images = [{ path: "a.png", url: `/files/${hash}/a.png` }];
  return { config: { ...config, name: hash, support: {}, components: [], reports: {} }, entries: [], images };
}

/** Five publications, a second apart; the last but one shows the first again. */
async function storeOf(kind: (typeof STORES)[number]) {
  const database = await opened(await newLocation(kind));
  const store = openSnapshots(database);
  const add = async (after: number, hash: string, more: Partial<Snapshot> = {}) =>
    await store.publish(
      { version: hash, publishedAt: after * 1_000, publishedBy: "mara", entries: 0, isQuiet: false, ...more },
      contentOf(hash),
      [{ hash, type: "image/png", bytes: new Uint8Array([1]) }],
      after,
    );
  await add(0, "one");
  await add(1, "two");
  await add(2, "three");
  await add(3, "one", { restores: 1 });
  await add(4, "five");
  return { database, store, add };
}

describe.each(STORES)("what is kept no longer on %s", (kind) => {
  test("is what is neither new enough, nor shown, nor shown again", async () => {
    const { database } = await storeOf(kind);
    const gone = async (wanted: Parameters<typeof findSurplus>[1]) => {
      const { snapshots, images } = await findSurplus(database, wanted);
      return [snapshots.map(({ id }) => id), images.toSorted()];
    };
    expect(await gone({ newest: 1 })).toEqual([
      [4, 3, 2, 1],
      ["one", "three", "two"],
    ]);
    expect(await gone({ newest: 2 })).toEqual([
      [3, 2],
      ["three", "two"],
    ]);
    expect(await gone({ newest: 3 })).toEqual([[2], ["two"]]);
    expect(await gone({ newest: 9 })).toEqual([[], []]);
    expect(await gone({ since: 1_000_000 })).toEqual([
      [4, 3, 2, 1],
      ["one", "three", "two"],
    ]);
    expect(await gone({ since: 2_000 })).toEqual([[2], ["two"]]);
    expect(await gone({ newest: 2, since: 2_000 })).toEqual([[2], ["two"]]);
  });

  test("goes with its pictures, and the rest stays whole", async () => {
    const { database, store } = await storeOf(kind);
    await removeSurplus(database, await findSurplus(database, { newest: 2 }), 0);
    expect((await store.list()).map(({ id }) => id)).toEqual([5, 4, 1]);
    expect((await store.content(1)).config.name).toBe("one");
    expect(await store.image("two")).toBeUndefined();
    expect([(await store.image("one"))?.hash, (await store.image("five"))?.hash]).toEqual(["one", "five"]);
  });

  test("stays when somebody published after it was looked for", async () => {
    const { database, store, add } = await storeOf(kind);
    const surplus = await findSurplus(database, { newest: 1 });
    await add(5, "two");
    await expect(removeSurplus(database, surplus, 0)).rejects.toThrow("Snapshot 6 has been published meanwhile");
    expect(await store.list()).toHaveLength(6);
    expect(await store.image("two")).toBeDefined();
  });
});
