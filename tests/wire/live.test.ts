import { expect, test } from "vitest";
import { verify } from "#lib/delivery/ledger.ts";
import { activeHalts, halt, lift } from "#lib/store/halts.ts";
import { readLedger } from "#lib/store/ledger.ts";
import type { Listener } from "#lib/web/live/broadcaster.ts";
import { Wallboards } from "#lib/web/live/wallboards.ts";
import { until } from "#tests/hang-guard.ts";
import { beside, incident, NOW, station } from "./live-station.ts";

test("a publication is on the boards it concerns, and on record as it left", async () => {
  const { database, publish, board } = await station();
  const [api, web] = [await board("lobby", "api"), await board("hall", "web")];
  const calm = web.screen;
  await publish({ slow: incident("{ api: major_outage }") });
  await until(() => api.got.length === 1 && api.screen.includes("Major outage"));
  expect(api.screen).toContain("It is slow.");
  expect([web.got, web.screen]).toEqual([[], calm]);
  await publish({ slow: incident("{ api: major_outage, web: partial_outage }") });
  await until(() => api.got.length === 2 && web.got.length === 1);
  expect(web.screen).not.toContain("API");

  const kinds: string[] = [];
  for await (const { kind, subscriber } of readLedger(database)) kinds.push(`${kind} ${subscriber ?? ""}`.trim());
  expect(kinds.filter((kind) => kind.startsWith("board"))).toEqual([
    "board-opened board:lobby",
    "board-pushed board:lobby",
    "board-opened board:hall",
    "board-pushed board:hall",
    "board-pushed board:lobby",
    "board-pushed board:lobby",
    "board-pushed board:hall",
  ]);
  expect(await verify(database)).toEqual([]);
  await database.query.updateTable("live_event").set({ data: "{}" }).where("id", "=", 1).execute();
  expect(await verify(database)).toEqual(["Event 1 is not the one that was pushed."]);
});

test("what time alone changes is told once, by whichever server sees it first", async () => {
  const window =
    "scheduled: { start: 2026-05-04T11:00:00Z, end: 2026-05-04T12:00:00Z }\ncomponents: [web]\nupdates: []";
  const { database, time, publish, board, environment, looked } = await station();
  await publish({ work: window });
  const { close, looked: lookedBeside } = await beside(environment, () => time.now);
  const web = await board("hall", "web");
  expect(web.screen).not.toContain("Under maintenance");
  time.now = Date.parse("2026-05-04T11:00:01Z");
  await until(() => web.screen.includes("Under maintenance"));
  await Promise.all([looked(), lookedBeside()]);
  const events = await database.query.selectFrom("live_event").select(["kind", "data"]).execute();
  expect(events.map(({ kind }) => kind)).toEqual(["maintenance", "maintenance"]);
  expect(JSON.parse(events[1]?.data ?? "{}")).toMatchObject({ change: "changed", status: "in_progress", updates: [] });
  await close();
});

test("a broken router, as in 2017, reaches nobody: the guard stops it, everywhere, until a person has looked", async () => {
  const all = new Set<Listener>();
  const router = {
    add: (listener: Listener) => void all.add(listener),
    remove: (listener: Listener) => void all.delete(listener),
    concerned: () => all,
  };
  const { database, publish, board, errors, environment, looked } = await station({ router });
  const [api, web] = [await board("lobby", "api"), await board("hall", "web")];
  await publish({ slow: incident("{ api: major_outage }") });
  await until(async () => (await activeHalts(database)).length === 1);
  const [stopped] = await activeHalts(database);
  expect(stopped).toMatchObject({ scope: "channel:live", by: "the guard" });
  expect(stopped?.why).toMatch(/^Event 1 would have reached a connection that did not ask for it/);
  expect(errors[0]).toContain("Nothing is pushed any more.");
  await publish({ slow: incident("{ web: major_outage }") });
  await looked();

  await using boards = await Wallboards.open(environment);
  const obeyed = await boards.order({ kind: "reload", by: "tester", at: NOW });
  expect(obeyed).toEqual({ sent: ["hall", "lobby"], missing: [] });
  await until(() => [api, web].every(({ orders }) => orders.length === 1));
  expect(api.orders).toEqual(["reload"]);
  // Whatever else had left for them would have come before the order.
  expect([api.got, web.got, api.strays, web.strays]).toEqual([[], [], [], []]);
});

test("halted, nothing leaves; resumed, everything does, once", async () => {
  const { database, publish, board, environment, looked } = await station();
  const api = await board("lobby", "api");
  await halt(database, { scope: "channel:live", why: "wrong words", at: NOW, by: "tester" });
  await looked();
  await publish({ slow: incident("[api]") });
  await publish({
    slow: incident("[api]", "  - { at: 2026-05-04T09:30:00Z, status: identified, body: It is the disk. }"),
  });
  await looked();
  await using boards = await Wallboards.open(environment);
  await boards.order({ kind: "reload", by: "tester", at: NOW });
  await until(() => api.orders.length === 1);
  // Whatever else had left for it would have come before the order.
  expect(api.got).toEqual([]);
  await lift(database, { at: NOW, by: "tester" });
  await until(() => api.got.length === 2);
  expect(api.got).toEqual([1, 2]);
});

test("an order to one board reaches that one; cleared, it stays so until it may reload", async () => {
  const { publish, board, environment } = await station();
  const [api, web] = [await board("lobby", "api"), await board("hall", "web")];
  await using boards = await Wallboards.open(environment);
  expect(await boards.order({ kind: "clear", board: "lobby", by: "tester", at: NOW })).toEqual({
    sent: ["lobby"],
    missing: [],
  });
  await until(() => api.orders.length === 1);
  const cleared = api.screen;
  await publish({ slow: incident("[api, web]") });
  await until(() => web.got.length === 1 && api.got.length === 1);
  expect(web.orders).toEqual([]);
  expect(api.screen).toBe(cleared);
  expect((await boards.list(0, NOW)).map(({ id, components, isOpen }) => [id, components, isOpen])).toEqual([
    ["hall", ["web"], true],
    ["lobby", ["api"], true],
  ]);
});

test("what is asked for in vain is said, and never taken for everything", async () => {
  const { url } = await station();
  const answer = async (path: string, method = "GET") => {
    const response = await fetch(url + path, { method });
    await response.body?.cancel();
    return { status: response.status, headers: response.headers };
  };
  expect((await answer("/live?components=nothing")).status).toBe(404);
  expect((await answer("/live?components=api&board=NO_NAME")).status).toBe(404);
  expect((await answer("/live", "POST")).status).toBe(405);
  const open = await answer("/live?components=api,nothing");
  expect(open.status).toBe(200);
  expect(open.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(open.headers.get("access-control-allow-origin")).toBe("*");
  expect(open.headers.get("cache-control")).toContain("no-store");
  expect((await answer("/live", "OPTIONS")).status).toBe(204);
});

test("a stranger cannot fill the ledger with boards; those of the house are not counted", async () => {
  const { url } = await station();
  const status = async (from: string) => {
    const response = await fetch(`${url}/live?board=lobby&components=api`, { headers: { "x-forwarded-for": from } });
    await response.body?.cancel();
    return response.status;
  };
  for (let asked = 0; asked < 600; asked += 1) await status("203.0.113.7");
  expect(await status("203.0.113.8")).toBe(429);
  expect(await status("198.51.100.1")).toBe(200);
  expect(await status("192.168.1.1")).toBe(200);
});
