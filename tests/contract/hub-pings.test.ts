import { describe, expect, test } from "vitest";
import { addPings, claimPings, settlePing } from "#lib/store/hub-pings.ts";
import { newLocation, opened, STORES } from "../databases.ts";

describe.each(STORES)("what a hub is to be told, on %s", (kind) => {
  test("is taken once, by however many workers, and again when its worker has died", async () => {
    const location = await newLocation(kind);
    const workers = [await opened(location), await opened(location), await opened(location)];
    const [first] = workers;
    if (!first) throw new Error("There is no worker");
    const topics = Array.from({ length: 40 }, (_, index) => `https://a.example/${String(index).padStart(2, "0")}`);
    await first.transaction((transaction) => addPings(transaction, topics, { now: 0, dueAt: 1_000 }));
    const take = (now: number) =>
      Promise.all(workers.map((worker) => claimPings(worker, { now, most: 20, leaseMs: 1_000 })));
    expect((await take(999)).flat()).toEqual([]);
    const taken = (await take(1_000)).flat();
    expect(taken.map(({ topic }) => topic).sort()).toEqual(topics);
    expect((await take(1_999)).flat()).toEqual([]);
    const again = (await take(2_000)).flat();
    expect(again.map(({ attempts }) => attempts)).toEqual(topics.map(() => 2));
  });

  test("waits for its turn again, and news that came meanwhile is not taken for told", async () => {
    const database = await opened(await newLocation(kind));
    const add = (now: number) =>
      database.transaction((transaction) => addPings(transaction, ["https://a.example/"], { now, dueAt: now }));
    const take = async (now: number) => (await claimPings(database, { now, most: 5, leaseMs: 100 }))[0];
    await add(1);
    const first = await take(1);
    if (!first) throw new Error("It is not there");
    await settlePing(database, first, { state: "queued", dueAt: 50 });
    expect(await take(49)).toBeUndefined();
    const second = await take(50);
    if (!second) throw new Error("It is not there");
    await add(60);
    await settlePing(database, second, { state: "sent" });
    const third = await take(60);
    expect(third).toMatchObject({ attempts: 1, made_at: 60 });
    if (third) await settlePing(database, third, { state: "sent" });
    expect(await take(1_000)).toBeUndefined();
  });

  test("has not been tried when the hub was not asked at all", async () => {
    const database = await opened(await newLocation(kind));
    await database.transaction((transaction) => addPings(transaction, ["https://a.example/"], { now: 1, dueAt: 1 }));
    for (let now = 1; now < 20; now += 1) {
      const [taken] = await claimPings(database, { now, most: 5, leaseMs: 100 });
      expect(taken).toMatchObject({ attempts: 1 });
      if (taken) await settlePing(database, taken, { state: "queued", dueAt: now + 1, isUntried: true });
    }
  });
});
