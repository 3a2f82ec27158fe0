import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { Listener } from "#lib/live/broadcaster.ts";
import { openDatabase } from "#lib/store/database.ts";
import { activeHalts, halt, lift } from "#lib/store/halts.ts";
import { readLedger } from "#lib/store/ledger.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { openAnnouncer } from "#lib/wire/announcer.ts";
import { databaseOf } from "#lib/wire/environment.ts";
import { verify } from "#lib/wire/ledger.ts";
import { type LiveOptions, openLive } from "#lib/wire/live/open-live.ts";
import { followStore } from "#lib/wire/live-reader.ts";
import { publishNext } from "#lib/wire/publish.ts";
import { publishedIn } from "#lib/wire/published.ts";
import { Wallboards } from "#lib/wire/wallboards.ts";
import { contentOf } from "#tests/compile/site-of.ts";
import { BoardClient } from "#tests/live/board-client.ts";
import { folderWith } from "./content-folder.ts";

const NOW = Date.parse("2026-05-04T10:00:00Z");

/** An incident on some components. */
const incident = (components: string, ...more: string[]) =>
  [
    `components: ${components}`,
    "updates:",
    "  - { at: 2026-05-04T09:00:00Z, status: investigating, body: It is slow. }",
    ...more,
  ].join("\n");

/** A server of `/live` in this process, on a store of its own, and what publishes to it. */
async function station(options: Partial<LiveOptions> = {}) {
  const folder = folderWith({});
  const environment = { port: 0, host: "127.0.0.1", content: join(folder, "content"), data: join(folder, "data") };
  const database = await openDatabase(databaseOf(environment));
  const store = openSnapshots(database);
  const announcer = await openAnnouncer(database, environment);
  const errors: string[] = [];
  const onError = (error: unknown) => void errors.push(String(error));
  const time = { now: NOW };
  const clock = () => time.now;
  const publish = async (files: Readonly<Record<string, string>>) => {
    const next = { content: contentOf(files), files: [], problems: [] };
    await publishNext(store, await publishedIn(store), next, { now: time.now, isQuiet: true }, announcer);
  };
  await publish({});
  const live = await openLive(database, { data: environment.data, clock, onError, ...options });
  const reader = await followStore(store, { clock, onError, onRound: live.round });
  const server = createServer((request, response) => live.take(request, response) || response.writeHead(404).end());
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clients: BoardClient[] = [];
  onTestFinished(async () => {
    for (const client of clients) client.close();
    await live.close();
    await reader.close();
    await new Promise<void>((done) => server.close(() => done()));
    await database.close();
  });
  const board = async (name: string, ...asked: string[]) => {
    const client = new BoardClient(name, asked, { url: () => url, after: 0 });
    clients.push(client);
    await until(() => client.screen !== "");
    return client;
  };
  return { environment, database, live, time, url, errors, publish, board };
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < 15_000; waited += 20) {
    if (await isTrue()) return;
    await sleep(20);
  }
  throw new Error("It did not happen.");
}

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
  const { database, time, publish, board, environment } = await station();
  await publish({ work: window });
  const beside = await openDatabase(databaseOf(environment));
  const other = await openLive(beside, { data: environment.data, clock: () => time.now, onError: () => undefined });
  const reader = await followStore(openSnapshots(beside), {
    clock: () => time.now,
    onError: () => undefined,
    onRound: other.round,
  });
  const web = await board("hall", "web");
  expect(web.screen).not.toContain("Under maintenance");
  time.now = Date.parse("2026-05-04T11:00:01Z");
  await until(() => web.screen.includes("Under maintenance"));
  await sleep(600);
  const events = await database.query.selectFrom("live_event").select(["kind", "data"]).execute();
  expect(events.map(({ kind }) => kind)).toEqual(["maintenance", "maintenance"]);
  expect(JSON.parse(events[1]?.data ?? "{}")).toMatchObject({ change: "changed", status: "in_progress", updates: [] });
  await other.close();
  await reader.close();
  await beside.close();
});

test("a broken router, as in 2017, reaches nobody: the guard stops it, everywhere, until a person has looked", async () => {
  const all = new Set<Listener>();
  const router = {
    add: (listener: Listener) => void all.add(listener),
    remove: (listener: Listener) => void all.delete(listener),
    concerned: () => all,
  };
  const { database, publish, board, errors, environment } = await station({ router });
  const [api, web] = [await board("lobby", "api"), await board("hall", "web")];
  await publish({ slow: incident("{ api: major_outage }") });
  await until(async () => (await activeHalts(database)).length === 1);
  const [stopped] = await activeHalts(database);
  expect(stopped).toMatchObject({ scope: "channel:live", by: "the guard" });
  expect(stopped?.why).toMatch(/^Event 1 would have reached a connection that did not ask for it/);
  expect(errors[0]).toContain("Nothing is pushed any more.");
  await publish({ slow: incident("{ web: major_outage }") });
  await sleep(600);
  expect([api.got, web.got, api.strays, web.strays]).toEqual([[], [], [], []]);

  await using boards = await Wallboards.open(environment);
  const obeyed = await boards.order({ kind: "reload", by: "tester", at: NOW });
  expect(obeyed).toEqual({ sent: ["hall", "lobby"], missing: [] });
  await until(() => [api, web].every(({ orders }) => orders.length === 1));
  expect(api.orders).toEqual(["reload"]);
});

test("halted, nothing leaves; resumed, everything does, once", async () => {
  const { database, publish, board } = await station();
  const api = await board("lobby", "api");
  await halt(database, { scope: "channel:live", why: "wrong words", at: NOW, by: "tester" });
  await sleep(500);
  await publish({ slow: incident("[api]") });
  await publish({
    slow: incident("[api]", "  - { at: 2026-05-04T09:30:00Z, status: identified, body: It is the disk. }"),
  });
  await sleep(600);
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

test("a store that is away makes what is shown late, and no beat says otherwise", async () => {
  const { live, time, database } = await station();
  await until(() => !live.told().isLate);
  await database.query.schema.alterTable("snapshot").renameTo("away").execute();
  time.now += 20_000;
  await until(() => live.told().isLate);
  await database.query.schema.alterTable("away").renameTo("snapshot").execute();
  await until(() => !live.told().isLate);
  expect(live.told()).toEqual({ last: 0, isLate: false });
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
