import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { readLedger } from "#lib/store/ledger.ts";
import { addLetter } from "#lib/store/letters.ts";
import { newLocation, opened, STORES } from "#tests/databases.ts";
import { Office } from "#tests/delivery/world.ts";
import { House } from "./reception.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const DAY_MS = 86_400_000;

for (const kind of STORES) {
  test(`a letter goes again once its time has passed, another kind at once, and a day's share is for a day (${kind})`, async () => {
    const database = await opened(await newLocation(kind));
    const limits = { perDay: 3, perReceiver: 4, sameAfterMs: 60_000 };
    const add = (kind: "confirm" | "known", at: number, subscription = "one") => {
      const letter = { id: randomBytes(4).toString("hex"), subscription, receiver: "mailbox", kind, dueAt: at };
      return addLetter(database, letter, limits, at);
    };
    expect(await add("confirm", NOW)).toBe(true);
    expect(await add("confirm", NOW + 59_999)).toBe(false);
    expect(await add("known", NOW + 1)).toBe(true);
    expect(await add("confirm", NOW + 60_000)).toBe(true);
    expect(await add("known", NOW + 120_000)).toBe(false);
    expect(await add("known", NOW + DAY_MS - 1)).toBe(false);
    expect(await add("known", NOW + DAY_MS)).toBe(true);
    expect(await add("confirm", NOW + DAY_MS + 1, "two")).toBe(true);
    expect(await add("confirm", NOW + DAY_MS + 2, "three")).toBe(true);
    expect(await add("confirm", NOW + DAY_MS + 3, "four")).toBe(false);
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

  test(`a letter that found no connection, or a halt, was not tried; one that failed six times is given up (${kind})`, async () => {
    const at = new House(await opened(await newLocation(kind)));
    await at.signUp("anna@example.org");
    const later = async () => {
      at.now += 60_000;
      return await at.letters();
    };
    at.answer = { outcome: "unsent", detail: "All connections were taken.", retryAfterMs: 5_000 };
    for (let i = 0; i < 8; i += 1) expect(await later()).toEqual([]);
    at.isHalted = true;
    for (let i = 0; i < 8; i += 1) expect(await later()).toEqual([]);
    at.isHalted = false;
    at.answer = { outcome: "deferred", detail: "451 later", retryAfterMs: 5_000 };
    for (let i = 0; i < 5; i += 1) expect(await later()).toEqual([]);
    at.answer = { outcome: "accepted", detail: "250 OK" };
    expect(await later()).toHaveLength(1);

    await at.signUp("bea@example.org");
    at.answer = { outcome: "deferred", detail: "451 later", retryAfterMs: 5_000 };
    for (let i = 0; i < 6; i += 1) await later();
    at.answer = { outcome: "accepted", detail: "250 OK" };
    expect(await later()).toEqual([]);
  });
}
