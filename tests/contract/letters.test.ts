import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { readLedger } from "#lib/store/ledger.ts";
import { addLetter } from "#lib/store/letters.ts";
import { newLocation, opened, STORES } from "#tests/databases.ts";
import { Office } from "#tests/delivery/world.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const DAY_MS = 86_400_000;

for (const kind of STORES) {
  test(`a letter goes again once its time has passed, another kind at once, and a day's share is for a day (${kind})`, async () => {
    const database = await opened(await newLocation(kind));
    const limits = { perDay: 3, sameAfterMs: 60_000 };
    const add = (which: "confirm" | "known", at: number) =>
      addLetter(database, { id: randomBytes(4).toString("hex"), subscription: "one", kind: which }, limits, at);
    expect(await add("confirm", NOW)).toBe(true);
    expect(await add("confirm", NOW + 59_999)).toBe(false);
    expect(await add("known", NOW + 1)).toBe(true);
    expect(await add("confirm", NOW + 60_000)).toBe(true);
    expect(await add("known", NOW + 120_000)).toBe(false);
    expect(await add("known", NOW + DAY_MS - 1)).toBe(false);
    expect(await add("known", NOW + DAY_MS)).toBe(true);
  });

  test(`what is over or was erased is changed by nothing, and the ledger says nothing of it (${kind})`, async () => {
    const office = new Office(await opened(await newLocation(kind)));
    const { subscriptions } = office;
    const [ended, erased, other] = [
      await office.subscribe("a"),
      await office.subscribe("b"),
      await office.subscribe("c"),
    ];
    await subscriptions.end(ended ?? "", "left", NOW);
    await subscriptions.erase(erased ?? "", NOW);
    const interest = { components: [], topics: ["reports"], leastImpact: "none" } as const;
    for (const id of [ended, erased, "nobody"]) expect(await subscriptions.change(id ?? "", interest, NOW)).toBe(false);
    expect(await subscriptions.rejoin(erased ?? "", NOW)).toBe(false);
    expect(await subscriptions.erase(erased ?? "", NOW)).toBe(false);
    expect(await subscriptions.confirm(other ?? "", NOW)).toBe(false);
    expect(await subscriptions.change(other ?? "", interest, NOW)).toBe(true);
    const facts: unknown[] = [];
    for await (const { data, kind: what, channel, subscriber } of readLedger(office.database)) {
      if (what === "subscribed") continue;
      facts.push([what, data["subscription"], channel, subscriber === undefined]);
    }
    expect(facts).toEqual([
      ["ended", ended, "webhook", false],
      ["erased", erased, "webhook", false],
      ["changed", other, "webhook", false],
    ]);
    expect((await subscriptions.byId(ended ?? ""))?.interest.topics).toHaveLength(3);
  });
}
