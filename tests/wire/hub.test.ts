import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { openStore } from "#lib/access/open-vault.ts";
import type { HubDependencies } from "#lib/delivery/hub.ts";
import { verify } from "#lib/delivery/ledger.ts";
import { publish } from "#lib/publishing/publish.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { halt, lift } from "#lib/store/halts.ts";
import { type LedgerEntry, readLedger } from "#lib/store/ledger.ts";
import { startDelivery } from "#lib/wire/deliver.ts";
import { HANGS, until } from "#tests/hang-guard.ts";
import { folderWith, incident, put } from "./content-folder.ts";

/** How often the worker that is under way has asked what is halted: each time before it takes what is due. */
const rounds = vi.hoisted(() => ({ asked: 0 }));

vi.mock("../../lib/delivery/hub.ts", async (actual) => {
  const { startHub, ...others } = await actual<typeof import("#lib/delivery/hub.ts")>();
  return {
    ...others,
    startHub(dependencies: HubDependencies) {
      const halts = () => {
        rounds.asked += 1;
        return dependencies.halts();
      };
      return startHub({ ...dependencies, halts });
    },
  };
});

/** Ends once all that is due by now has been told: it is taken after the worker asked once more, and told before it asks again. */
async function looked(): Promise<void> {
  const enough = rounds.asked + 2;
  await until(() => rounds.asked >= enough);
}

const URL = "https://status.tidewater.example";
const NOW = Date.parse("2026-11-22T10:00:00Z");

const entry = (title: string, component: string, body = "Slow.") =>
  incident(
    title,
    `components: [${component}]\nupdates: [{ at: 2026-03-02T10:30Z, status: investigating, body: ${body} }]`,
  );

interface Ping {
  readonly headers: IncomingHttpHeaders;
  readonly form: Readonly<Record<string, string>>;
}

/** A hub on loopback that answers as it is told, a published site that names it, and a worker with a clock of the test's. */
async function hubWorld(settings: Partial<Environment> = { channels: { allowPrivateTargets: true } }) {
  const world = { now: NOW, status: 202, headers: {}, pings: [] as Ping[], alarms: [] as string[] };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    world.pings.push({ headers: request.headers, form: Object.fromEntries(new URLSearchParams(body)) });
    response.writeHead(world.status, world.headers).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const hub = `http://127.0.0.1:${(server.address() as AddressInfo).port}/publish`;
  const root = folderWith({
    "content/site.yaml": `name: Tidewater\nurl: ${URL}\nhub: ${hub}\ncomponents: [{ id: api, name: API }, { id: labels, name: Labels }]\n`,
    "content/one.md": entry("One", "api"),
    "content/two.md": entry("Two", "labels"),
  });
  const content = join(root, "content");
  const environment: Environment = { port: 0, host: "127.0.0.1", content, data: join(root, "data"), ...settings };
  const { database, vault } = await openStore(environment);
  onTestFinished(() => database.close());
  await publish(environment, { now: NOW });
  const faults: unknown[] = [];
  return Object.assign(world, {
    database,
    vault,
    faults,
    topics: () => world.pings.map(({ form }) => form["hub.url"]?.replace(URL, "")).sort(),
    async edit(body: string, options: { isQuiet?: boolean } = {}) {
      put(content, "one.md", entry("One", "api", body));
      expect((await publish(environment, { now: world.now, ...options })).isChange).toBe(true);
    },
    async deliver() {
      const delivering = await startDelivery(environment, {
        clock: () => world.now,
        onError: (error) => faults.push(error),
        onAlarm: (message) => world.alarms.push(message),
        onTold: () => undefined,
      });
      onTestFinished(() => delivering.stop());
    },
    async facts() {
      const facts: LedgerEntry[] = [];
      for await (const fact of readLedger(database, { kind: "pinged" })) facts.push(fact);
      return facts;
    },
  });
}

/** What has one incident of the component “api” in it. */
const CONCERNED = ["", "/components/api", "/incidents/one"]
  .flatMap((about) => ["/feed.json", "/history.atom", "/history.rss"].map((end) => about + end))
  .sort();

test("a hub is told of the feeds in which something changed, of no other, and only once readers can see it", async () => {
  const world = await hubWorld();
  await world.deliver();
  await world.edit("Slower.");
  await looked();
  // By the worker's clock nobody can see it yet, and what was first published was no news.
  expect(world.pings).toEqual([]);
  world.now += 2_000;
  await vi.waitFor(() => expect(world.pings).toHaveLength(9), HANGS);
  expect(world.topics()).toEqual(CONCERNED);
  for (const { form, headers } of world.pings) {
    expect(form).toEqual({ "hub.mode": "publish", "hub.url": form["hub.url"], "hub.topic": form["hub.url"] });
    expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
  }
  await vi.waitFor(async () => expect(await world.facts()).toHaveLength(9), HANGS);
  for (const { data } of await world.facts()) expect(data).toMatchObject({ outcome: "accepted", attempt: 1 });
  expect(await verify(world.database, world.vault)).toEqual([]);
  expect([world.faults, world.alarms]).toEqual([[], []]);
});

test("a hub that is busy is told again when it wants to be, and one that refuses is not: somebody hears of it", async () => {
  const world = await hubWorld();
  Object.assign(world, { status: 503, headers: { "retry-after": "90" } });
  await world.edit("Slower.");
  world.now += 2_000;
  await world.deliver();
  await vi.waitFor(async () => expect(await world.facts()).toHaveLength(9), HANGS);
  world.now += 60_000;
  await looked();
  expect(world.pings).toHaveLength(9);
  Object.assign(world, { status: 404 });
  world.now += 31_000;
  await vi.waitFor(async () => expect(await world.facts()).toHaveLength(18), HANGS);
  await vi.waitFor(() => expect(world.alarms).toHaveLength(1), HANGS);
  expect(world.alarms[0]).toMatch(
    /^The hub http:\/\/127\.0\.0\.1:\d+\/publish was not told of https:\S+ and 8 more\. /,
  );
  world.now += 86_400_000;
  await looked();
  expect(world.pings).toHaveLength(18);
});

test("what is published quietly, or while everything is halted, reaches no hub; lifted, it does, once", async () => {
  const world = await hubWorld();
  await world.edit("Slower.", { isQuiet: true });
  world.now += 2_000;
  await world.deliver();
  await looked();
  expect(world.pings).toEqual([]);
  await halt(world.database, { scope: "all", why: "A test", by: "Somebody", at: world.now });
  await world.edit("Slowest.");
  await world.edit("Slowest of all.");
  world.now += 2_000;
  await looked();
  expect(world.pings).toEqual([]);
  await lift(world.database, { by: "Somebody", at: world.now });
  await vi.waitFor(() => expect(world.pings).toHaveLength(9), HANGS);
  expect(world.topics()).toEqual(CONCERNED);
});

test("a hub in a private network is left alone, unless the operator allows it", async () => {
  const world = await hubWorld({});
  await world.edit("Slower.");
  world.now += 2_000;
  await world.deliver();
  await vi.waitFor(() => expect(world.alarms).toHaveLength(1), HANGS);
  expect(world.pings).toEqual([]);
  for (const { data } of await world.facts()) expect(data).toMatchObject({ outcome: "refused" });
});
