import { describe, expect, test } from "vitest";
import type { Content } from "#lib/model/site.ts";
import { type ImageFile, openSnapshots, type Snapshot } from "#lib/store/snapshots.ts";
import { newLocation, opened, STORES } from "../databases.ts";

const PICTURE: ImageFile = { hash: "e6d5c28a6c314e56", type: "image/png", bytes: new Uint8Array([0, 255, 128, 10, 0]) };

function contentOf(name: string): Content {
  const config = { url: "https://status.tidewater.example", description: "", timezone: "UTC", locale: "en" };
  return { config: { ...config, name, support: {}, components: [], reports: {} }, entries: [], images: [] };
}

function told(version: string, more: Partial<Snapshot> = {}): Omit<Snapshot, "id"> {
  return { version, publishedAt: 1_795_000_000_123, publishedBy: "mara", entries: 0, isQuiet: false, ...more };
}

describe.each(STORES)("snapshots on %s", (kind) => {
  test("nothing has been published at first", async () => {
    const store = openSnapshots(await opened(await newLocation(kind)));
    expect(await store.latest()).toBeUndefined();
    expect(await store.image("e6d5c28a6c314e56")).toBeUndefined();
    await expect(store.content(1)).rejects.toThrow("There is no snapshot 1.");
  });

  test("what is published comes back as it was, on this connection and on another", async () => {
    const location = await newLocation(kind);
    const store = openSnapshots(await opened(location));
    const other = openSnapshots(await opened(location));
    const all = told("v1", {
      commit: { hash: "c0ffee", isDirty: true },
      changes: { added: 1, changed: 2, removed: 0 },
      restores: 7,
      isQuiet: true,
    });
    const snapshot = await store.publish(all, contentOf("Ærø ✓ \u0001"), [PICTURE], 0);
    expect(snapshot).toEqual({ ...all, id: 1 });
    for (const each of [store, other]) {
      expect(await each.latest()).toEqual(snapshot);
      expect(await each.content(1)).toEqual(contentOf("Ærø ✓ \u0001"));
      const image = await each.image(PICTURE.hash);
      expect([image?.type, [...(image?.bytes ?? [])]]).toEqual(["image/png", [...PICTURE.bytes]]);
    }
  });

  test("the newest is the last; the same picture may be published again", async () => {
    const store = openSnapshots(await opened(await newLocation(kind)));
    for (const [before, version] of ["v1", "v2", "v3"].entries()) {
      await store.publish(told(version), contentOf(version), [PICTURE], before);
    }
    expect(await store.latest()).toEqual({ ...told("v3"), id: 3 });
    expect((await store.list()).map(({ id, version }) => [id, version])).toEqual([
      [3, "v3"],
      [2, "v2"],
      [1, "v1"],
    ]);
    expect((await store.content(2)).config.name).toBe("v2");
  });

  test("of several that publish at once over the same snapshot one does, and the others are told", async () => {
    const location = await newLocation(kind);
    const stores = await Promise.all([1, 2, 3, 4].map(async () => openSnapshots(await opened(location))));
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        stores[index % 4]?.publish(told(`v${index}`), contentOf(`v${index}`), [PICTURE], 0),
      ),
    );
    const [published, ...more] = tries.filter(({ status }) => status === "fulfilled");
    expect(more).toEqual([]);
    expect(published).toMatchObject({ value: { id: 1 } });
    for (const failed of tries.filter(({ status }) => status === "rejected")) {
      expect(failed).toMatchObject({
        reason: { code: "OVERTAKEN", message: expect.stringContaining("Snapshot 1 has been published meanwhile") },
      });
    }
    const latest = await stores[0]?.latest();
    expect((await stores[1]?.content(1))?.config.name).toBe(latest?.version);
  });

  test("a publication that fails on the way leaves nothing behind", async () => {
    const store = openSnapshots(await opened(await newLocation(kind)));
    await store.publish(told("v1"), contentOf("v1"), [], 0);
    const broken = { ...told("v2"), entries: "many" as unknown as number };
    await expect(store.publish(broken, contentOf("v2"), [PICTURE], 1)).rejects.toThrow();
    expect(await store.latest()).toMatchObject({ version: "v1" });
    expect(await store.image(PICTURE.hash)).toBeUndefined();
  });
});
