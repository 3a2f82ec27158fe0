import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { openDatabase } from "#lib/store/database.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { bounceDoor } from "./bounces/door.ts";
import { writingDoors } from "./doors.ts";
import { databaseOf, type Environment } from "./environment.ts";
import { openLive } from "./live/open-live.ts";
import { type Framework, type FrontSettings, openFront } from "./open-front.ts";
import { readersDoor } from "./subscriptions/door.ts";

export interface Running {
  /** Where it answers. */
  readonly url: string;
  readonly port: number;
  /** Stops taking requests, lets those under way finish, and closes the database. */
  close(): Promise<void>;
}

/** Starts the server on what is published. */
export async function serve(environment: Environment, app: Framework, settings: FrontSettings): Promise<Running> {
  const { clock = Date.now, onError } = settings;
  const database = await openDatabase(databaseOf(environment));
  const live = await openLive(database, { data: environment.data, clock, onError: (error) => onError(error, "/live") });
  const front = await openFront(openSnapshots(database), app, {
    ...settings,
    live,
    doors: writingDoors(environment, settings.clock),
    receptions: [
      await readersDoor(database, environment, settings.clock),
      await bounceDoor(database, environment, settings.clock),
    ],
  });
  const running = await listening(createServer(front.listener), environment);
  return {
    ...running,
    async close() {
      await Promise.all([running.close(), live.close()]);
      await front.close();
      await database.close();
    },
  };
}

/** Has a server listen. What it closes is the server alone. */
export async function listening(server: Server, environment: Environment): Promise<Running> {
  await listen(server, environment);
  const { port } = server.address() as AddressInfo;
  const shown = environment.host === "0.0.0.0" || environment.host === "::" ? "localhost" : environment.host;
  return {
    url: `http://${shown}:${port}`,
    port,
    async close() {
      server.closeIdleConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

function listen(server: Server, { port, host }: Environment): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, host, () => done());
  });
}
