import { expect } from "vitest";
import { verify } from "#lib/delivery/ledger.ts";
import type { Answer } from "#lib/model/delivery.ts";
import { readLedger } from "#lib/store/ledger.ts";
import { onEach } from "../delivery/each-store.ts";
import type { Office } from "../delivery/world.ts";
import { said } from "../notices/world.ts";

const HOUR = 3_600_000;
const NOW = Date.parse("2026-03-05T10:01Z");

/** Tells of one more incident some hours later, to whoever is told. @returns who was */
async function tell(office: Office, hours: number, answer: Answer): Promise<string[]> {
  const at = NOW + hours * HOUR;
  const minute = new Date(at - 60_000).toISOString().slice(0, 16);
  await office.publish(
    { [`a${hours}`]: said(`${minute}Z investigating Sign-in fails, ${hours}.`) },
    new Date(at).toISOString(),
  );
  const to: string[] = [];
  const send = (message: { to: string }) => {
    to.push(message.to);
    return Promise.resolve(answer);
  };
  const worker = office.work({ send, clock: () => at, worker: `at ${hours}`, settings: { failureLimit: 1 } });
  await worker.idle();
  await worker.stop(100);
  return to;
}

async function kindsOf(office: Office, subscriber: string): Promise<string[]> {
  const kinds: string[] = [];
  for await (const { kind } of readLedger(office.database, { subscriber })) kinds.push(kind);
  return kinds;
}

async function contactLetters(office: Office): Promise<string[]> {
  const rows = await office.database.query.selectFrom("letter").select("kind").execute();
  return rows.map(({ kind }) => kind);
}

/** A webhook whose owner wants to be told. */
async function joined(office: Office): Promise<{ id: string; subscriber: string }> {
  const one = office.subscription("hook", "https://hooks.example.com/in");
  const contact = { locked: "locked", key: "owner" };
  await office.subscriptions.add([{ ...one, confirmedAt: 0, contact }], 0);
  return one;
}

const REFUSED: Answer = { outcome: "refused", detail: "The receiver answered 400." };

onEach("five failures over more than a day set an address aside, and its contact is told", async (open) => {
  const office = await open();
  const { id, subscriber } = await joined(office);
  for (const hours of [0, 1, 2, 3, 4]) expect(await tell(office, hours, REFUSED)).toHaveLength(1);
  expect(await office.subscriptions.byId(id)).toMatchObject({ state: "active", failures: 5 });
  expect(await tell(office, 25, REFUSED)).toHaveLength(1);
  expect(await office.subscriptions.byId(id)).toMatchObject({ state: "quarantined", endedWhy: REFUSED.detail });
  expect(await tell(office, 26, REFUSED)).toEqual([]);
  expect(await contactLetters(office)).toEqual(["quarantined"]);
  expect((await kindsOf(office, subscriber)).slice(-2)).toEqual(["attempted", "quarantined"]);
  await office.subscriptions.confirm(id, NOW + 27 * HOUR);
  expect(await tell(office, 28, REFUSED)).toHaveLength(1);
  expect(await office.subscriptions.byId(id)).toMatchObject({ state: "active", failures: 1 });
  expect(await verify(office.database)).toEqual([]);
});

onEach("one success begins the count anew", async (open) => {
  const office = await open();
  const { id } = await joined(office);
  for (const hours of [0, 1, 2, 3, 25]) {
    await tell(office, hours, hours === 3 ? { outcome: "accepted", detail: "200" } : REFUSED);
  }
  expect(await office.subscriptions.byId(id)).toMatchObject({ state: "active", failures: 1 });
  expect(await contactLetters(office)).toEqual([]);
});

onEach(
  "a receiver that says it is gone ends its subscription, in the ledger as well, and its contact is told",
  async (open) => {
    const office = await open();
    const { id, subscriber } = await joined(office);
    await tell(office, 0, { outcome: "gone", detail: "The receiver answered 410." });
    expect(await office.subscriptions.byId(id)).toMatchObject({
      state: "ended",
      endedWhy: "The receiver answered 410.",
    });
    expect(await kindsOf(office, subscriber)).toEqual(["subscribed", "attempted", "ended"]);
    expect(await contactLetters(office)).toEqual(["ended"]);
  },
);
