import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openStore } from "#lib/access/open-vault.ts";
import { openAnnouncer } from "#lib/publishing/announcer.ts";
import { publishNext } from "#lib/publishing/publish.ts";
import { publishedIn } from "#lib/publishing/published.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { type Live, type LiveOptions, openLive } from "#lib/web/live/open-live.ts";
import { followStore, type Shown } from "#lib/web/live-reader.ts";
import { contentOf } from "#tests/compile/site-of.ts";
import { until } from "#tests/hang-guard.ts";
import { BoardClient } from "#tests/live/board-client.ts";
import { folderWith } from "./content-folder.ts";

export const NOW = Date.parse("2026-05-04T10:00:00Z");

/** An incident on some components. */
export const incident = (components: string, ...more: string[]) =>
  [
    `components: ${components}`,
    "updates:",
    "  - { at: 2026-05-04T09:00:00Z, status: investigating, body: It is slow. }",
    ...more,
  ].join("\n");

/** A server of `/live` in this process, on a store of its own, and what publishes to it. */
export async function station(options: Partial<LiveOptions> = {}) {
  const folder = folderWith({});
  const environment = { port: 0, host: "127.0.0.1", content: join(folder, "content"), data: join(folder, "data") };
  const { database } = await openStore(environment);
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
  const rounds = counted(live);
  const reader = await followStore(store, { clock, onError, onRound: rounds.round });
  const server = createServer(live.take);
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
  return { environment, database, live, time, url, errors, publish, board, looked: rounds.looked };
}

/** Another server on the same store. */
export async function beside(environment: Environment, clock = () => NOW) {
  const { database } = await openStore(environment);
  const onError = () => undefined;
  const live = await openLive(database, { data: environment.data, clock, onError });
  const { round, looked } = counted(live);
  const reader = await followStore(openSnapshots(database), { clock, onError, onRound: round });
  const close = async () => {
    await live.close();
    await reader.close();
    await database.close();
  };
  return { live, looked, close };
}

/** Counts the looks that a server has had at the store. */
function counted({ round }: Live) {
  let ended = 0;
  return {
    async round(shown: Shown): Promise<void> {
      await round(shown);
      ended += 1;
    },
    /** Ends once it has taken up all there is by now: after a look that began since, and not one that was under way. */
    async looked(): Promise<void> {
      const enough = ended + 2;
      await until(() => ended >= enough);
    },
  };
}
