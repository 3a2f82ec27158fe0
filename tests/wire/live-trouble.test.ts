import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { activeHalts, lift } from "#lib/store/halts.ts";
import { readLedger } from "#lib/store/ledger.ts";
import { noteLive } from "#lib/store/live.ts";
import type { Listener } from "#lib/web/live/broadcaster.ts";
import { Wallboards } from "#lib/web/live/wallboards.ts";
import { until } from "#tests/hang-guard.ts";
import { BoardClient } from "#tests/live/board-client.ts";
import { beside, incident, NOW, station } from "./live-station.ts";

test("a router that errs but once is looked at by a person all the same", async () => {
  const listeners = new Set<Listener>();
  let errors = 0;
  const router = {
    add: (listener: Listener) => void listeners.add(listener),
    remove: (listener: Listener) => void listeners.delete(listener),
    concerned({ components }: { readonly components: readonly string[] }) {
      errors += 1;
      if (errors === 1) return listeners;
      return new Set([...listeners].filter(({ asked }) => asked.some((id) => components.includes(id))));
    },
  };
  const { database, publish, board, environment, looked } = await station({ router });
  const [api, web] = [await board("lobby", "api"), await board("hall", "web")];
  await publish({ slow: incident("[api]") });
  await until(async () => (await activeHalts(database)).length === 1);
  await looked();
  await using boards = await Wallboards.open(environment);
  await boards.order({ kind: "reload", by: "tester", at: NOW });
  await until(() => [api, web].every(({ orders }) => orders.length === 1));
  // Whatever else had left for them would have come before the order.
  expect([api.got, web.got]).toEqual([[], []]);
  await lift(database, { at: NOW, by: "tester" });
  await until(() => api.got.length === 1);
  expect(web.got).toEqual([]);
});

test("a store that is away makes what is shown late, and no beat says otherwise", async () => {
  const { live, time, database, url } = await station();
  await until(() => !live.told().isLate);
  await database.query.schema.alterTable("snapshot").renameTo("away").execute();
  time.now += 20_000;
  await until(() => live.told().isLate);
  // Whoever connects meanwhile is not told either that what it shows is current.
  const response = await fetch(`${url}/live`);
  const first = await response.body?.getReader().read();
  expect(new TextDecoder().decode(first?.value)).toBe("retry: 2000\n\n");
  await database.query.schema.alterTable("away").renameTo("snapshot").execute();
  await until(() => !live.told().isLate);
  expect(live.told()).toEqual({ last: 0, isLate: false });
});

test("what could not be put on record once holds up nothing else", async () => {
  const { database, environment, publish, url, errors } = await station();
  await database.query.schema.alterTable("board").renameTo("away").execute();
  const refused = await fetch(`${url}/live?board=lobby`);
  await refused.text();
  await until(() => errors.length > 1);
  await database.query.schema.alterTable("away").renameTo("board").execute();
  await using boards = await Wallboards.open(environment);
  await boards.order({ kind: "reload", by: "tester", at: NOW });
  const page = (await fetch(`${url}/live`)).body?.pipeThrough(new TextDecoderStream()).getReader();
  await publish({ slow: incident("[api]") });
  let heard = "";
  await until(async () => {
    heard += (await page?.read())?.value ?? "";
    return heard.includes("event: incident");
  });
  expect(heard).toContain("slow");
  await page?.cancel();
});

test("what time has changed is told also when it could not be noted at once", async () => {
  const window =
    "scheduled: { start: 2026-05-04T11:00:00Z, end: 2026-05-04T12:00:00Z }\ncomponents: [web]\nupdates: []";
  const { database, time, publish, board, errors } = await station();
  await publish({ work: window });
  const web = await board("hall", "web");
  await until(() => web.got.length === 1);
  await database.query.schema.alterTable("ledger").renameTo("away").execute();
  time.now = Date.parse("2026-05-04T11:00:01Z");
  await until(() => errors.length > 0);
  await database.query.schema.alterTable("away").renameTo("ledger").execute();
  await until(() => web.got.length === 2);
  expect(web.screen).toContain("Under maintenance");
});

test("a store that was brought back from a copy of the same publication ends every connection", async () => {
  const { database, board, environment, publish } = await station();
  const api = await board("lobby", "api");
  await using boards = await Wallboards.open(environment);
  for (let times = 0; times < 3; times += 1) {
    await boards.order({ kind: "reload", board: "lobby", by: "tester", at: NOW });
  }
  await until(() => api.orders.length === 3);
  await database.query.deleteFrom("live_event").where("id", ">", 1).execute();
  await sql`update sqlite_sequence set seq = 1 where name = 'live_event'`.execute(database.query);
  await until(() => api.connections === 2);
  await publish({ slow: incident("[api]") });
  await until(() => api.got.length > 0);
  expect(api.screen).toContain("It is slow.");
});

test("an order from long ago still stands after a restart", async () => {
  const { database, environment } = await station();
  await using boards = await Wallboards.open(environment);
  await boards.order({ kind: "clear", board: "lobby", by: "tester", at: NOW });
  const news = Array.from({ length: 1_100 }, (_, index) => {
    return { kind: "incident", key: `${index}`, components: ["web"], data: {} } as const;
  });
  await database.transaction((transaction) => noteLive(database, transaction, news, { at: NOW, snapshot: 1 }));
  const { live, close } = await beside(environment);
  const server = createServer(live.take);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const client = new BoardClient("lobby", ["api"], { url: () => `http://127.0.0.1:${port}`, after: 1_101 });
  await until(() => client.orders.length === 1);
  expect([client.orders, client.screen]).toEqual([["clear"], ""]);
  client.close();
  await close();
  await new Promise<void>((done) => server.close(() => done()));
});

test("a board that came back before its old connection was known to be gone is not gone", async () => {
  const { board, database, environment } = await station();
  const old = await board("lobby", "api");
  await board("lobby", "api");
  await using boards = await Wallboards.open(environment);
  const open = async () => (await boards.list(0, NOW)).map(({ isOpen }) => isOpen);
  old.close();
  await until(async () => {
    for await (const { kind } of readLedger(database)) if (kind === "board-closed") return true;
    return false;
  });
  expect(await open()).toEqual([true]);
});
