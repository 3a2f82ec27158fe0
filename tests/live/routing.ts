import { type ChildProcess, spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { openStore } from "#lib/access/open-vault.ts";
import type { LiveEvent } from "#lib/model/live.ts";
import { openAnnouncer } from "#lib/publishing/announcer.ts";
import { publishNext } from "#lib/publishing/publish.ts";
import { publishedIn } from "#lib/publishing/published.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { boardName } from "#lib/store/boards.ts";
import type { Database } from "#lib/store/dialect.ts";
import { readLedger } from "#lib/store/ledger.ts";
import { readLive } from "#lib/store/live.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { Wallboards } from "#lib/web/live/wallboards.ts";
import { contentOf } from "#tests/compile/site-of.ts";
import { until } from "#tests/hang-guard.ts";
import { freePort } from "#tests/postgres.ts";
import { BoardClient } from "./board-client.ts";

const ROOT = resolve(import.meta.dirname, "../..");

export interface RoutingPlan {
  readonly boards: number;
  readonly updates: number;
  readonly components: number;
  /** Servers on the one store. */
  readonly servers: number;
  /** How often one of the servers is killed, and how often boards are cut off. */
  readonly kills: number;
  readonly cuts: number;
}

/** What came of it; everything but the counts is empty when all is well. */
export interface RoutingSum {
  readonly events: number;
  readonly received: number;
  readonly connections: number;
  readonly kills: number;
  /** From “wallboard reload” until every board had been told, in milliseconds. */
  readonly reloadMs: number;
  /** Boards that got what they had not asked for. */
  readonly strays: readonly string[];
  /** Boards that missed something, got it twice or in another order. */
  readonly wrong: readonly string[];
  /** Boards of which the ledger says something else. */
  readonly unrecorded: readonly string[];
}

/** As many updates are published together. */
const TOGETHER = 20;

/**
 * Boards with components of their own, connected to real servers, while updates are published, servers are killed and
 * boards cut off.
 */
export async function routeUpdates(environment: Environment, plan: RoutingPlan): Promise<RoutingSum> {
  const opened = await openStore(environment);
  await using database = opened.database;
  const publishing = await publisher(database, environment, plan.components);
  const ports = await Promise.all(Array.from({ length: plan.servers }, freePort));
  const fleet = await Promise.all(ports.map((port) => startServer(environment, port)));
  const boards = Array.from({ length: plan.boards }, (_, index) => {
    const url = () => `http://127.0.0.1:${ports[Math.floor(Math.random() * ports.length)]}`;
    return new BoardClient(`board-${index}`, asked(index, plan.components), { url, after: 0 });
  });
  let kills = 0;
  try {
    await until(() => boards.every(({ connections }) => connections > 0));
    const rounds = Math.ceil(plan.updates / TOGETHER);
    for (let round = 0; round < rounds; round += 1) {
      await publishing(Math.min(TOGETHER, plan.updates - round * TOGETHER));
      if (isTurn(round, rounds, plan.cuts)) for (const board of boards) if (Math.random() < 0.3) board.cut();
      if (isTurn(round, rounds, plan.kills)) {
        const index = kills % fleet.length;
        fleet[index]?.kill("SIGKILL");
        kills += 1;
        fleet[index] = await startServer(environment, ports[index] as number);
      }
    }
    const events = await allEvents(database);
    const expected = new Map(boards.map((board) => [board, events.filter((event) => isFor(event, board))]));
    await until(() => boards.every((board) => board.got.at(-1) === expected.get(board)?.at(-1)?.id));
    const idsOf = (board: BoardClient) => expected.get(board)?.map(({ id }) => id) ?? [];
    const recorded = await recordedIn(database);
    const reloadMs = await reload(environment, boards);
    return {
      reloadMs,
      events: events.length,
      received: boards.reduce((sum, { got }) => sum + got.length, 0),
      connections: boards.reduce((sum, board) => sum + board.connections, 0),
      kills,
      strays: boards.filter(({ strays }) => strays.length > 0).map(({ name }) => name),
      wrong: boards.filter((board) => !isSame(board.got, idsOf(board))).map(({ name }) => name),
      unrecorded: boards.filter(({ name, got }) => !isSame(got, recorded.get(name) ?? [])).map(({ name }) => name),
    };
  } finally {
    for (const board of boards) board.close();
    for (const server of fleet) server.kill("SIGKILL");
  }
}

async function reload(environment: Environment, boards: readonly BoardClient[]): Promise<number> {
  await using desk = await Wallboards.open(environment);
  const began = performance.now();
  const order = desk.order({ kind: "reload", by: "tester", at: Date.now() });
  await until(() => boards.every(({ orders }) => orders.length === 1), 5);
  const told = performance.now() - began;
  await order;
  return Math.round(told);
}

/** Three components, of which no other board has the same. */
function asked(index: number, components: number): string[] {
  const ids = [
    index % components,
    (index * 7 + 3) % components,
    (Math.floor(index / components) * 11 + index) % components,
  ];
  return [...new Set(ids)].sort((a, b) => a - b).map((number) => `c${number}`);
}

function isFor({ components }: LiveEvent, board: BoardClient): boolean {
  return components.length === 0 || components.some((id) => board.asked.includes(id));
}

/** Spreads `times` over the rounds. */
function isTurn(round: number, rounds: number, times: number): boolean {
  return Math.floor(((round + 1) * times) / rounds) > Math.floor((round * times) / rounds);
}

/** Publishes a site with one incident a component, and then updates of them, as “publish” does. */
async function publisher(database: Database, environment: Environment, components: number) {
  const announcer = await openAnnouncer(database, environment);
  const store = openSnapshots(database);
  const lines = Array.from({ length: components }, (): string[] => []);
  const config = { components: lines.map((_, index) => ({ id: `c${index}`, name: `Component ${index}` })) };
  const start = Date.now() - 3_600_000;
  let said = 0;
  const say = async (updates: number) => {
    for (let count = 0; count < updates; count += 1) {
      said += 1;
      const at = new Date(start + said * 10).toISOString();
      // The third of each ten concerns two components, and the tenth everybody.
      lines[(said * 13) % components]?.push(`  - { at: ${at}, status: identified, body: Update ${said}. }`);
    }
    const files = lines.map((updates, index) => {
      const own =
        index % 10 === 9 ? "" : `components: [c${index}${index % 10 === 3 ? `, c${(index + 5) % components}` : ""}]\n`;
      const first = `  - { at: ${new Date(start).toISOString()}, status: investigating, body: It begins. }`;
      return [`incident-${index}`, `${own}updates:\n${[first, ...updates.slice(-3)].join("\n")}`];
    });
    const content = contentOf(Object.fromEntries(files), config);
    const next = { content, files: [], problems: [] };
    await publishNext(store, await publishedIn(store), next, { now: Date.now(), isQuiet: true }, announcer);
  };
  await say(0);
  return say;
}

async function allEvents(database: Database): Promise<readonly LiveEvent[]> {
  return await readLive(database, 0, { most: 1_000_000, isNewsOnly: true });
}

/**
 * What each board has got according to the ledger: what it was sent over its newest connection, and of what it was sent
 * before that, what it said it had had when it came back.
 */
async function recordedIn(database: Database): Promise<ReadonlyMap<string, readonly number[]>> {
  const got = new Map<string, { line: unknown; ids: readonly number[] }>();
  for await (const { kind, subscriber = "", data } of readLedger(database)) {
    const name = subscriber.slice(boardName("").length);
    const { line, ids } = got.get(name) ?? { line: undefined, ids: [] };
    const after = Number(data["after"] ?? 0);
    if (kind === "board-opened") got.set(name, { line: data["line"], ids: ids.filter((id) => id <= after) });
    if (kind === "board-pushed" && data["line"] === line) {
      got.set(name, { line, ids: [...ids, ...(data["events"] as number[])] });
    }
  }
  return new Map([...got].map(([name, { ids }]) => [name, ids]));
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index]);
}

async function startServer(environment: Environment, port: number): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(ROOT, "scripts/live-for-tests.ts")],
    {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        PORT: String(port),
        CANDOR_CONTENT: environment.content,
        CANDOR_DATA: environment.data,
        DATABASE_URL: environment.databaseUrl ?? "",
      },
    },
  );
  await new Promise<void>((done, fail) => {
    child.stdout?.once("data", () => done());
    child.once("exit", () => fail(new Error("The server ended.")));
  });
  return child;
}
