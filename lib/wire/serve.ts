import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { openDatabase } from "#lib/store/database.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { bounceDoor } from "./bounces/door.ts";
import { writingDoors } from "./doors.ts";
import { databaseOf, type Environment } from "./environment.ts";
import { openLive } from "./live/open-live.ts";
import { type Framework, type FrontSettings, openFront } from "./open-front.ts";
import { readersDoor } from "./subscriptions/door.ts";
import { watchBesideServer } from "./troubles/beside-server.ts";

export interface Running {
  /** Where it answers. */
  readonly url: string;
  readonly port: number;
  /** Stops taking requests, lets those under way finish, and closes the database. */
  close(): Promise<void>;
}

/** Starts the server on what is published. */
export async function serve(
  environment: Environment,
  app: Framework,
  settings: FrontSettings & {
    /** Told of what is wrong with delivery; nothing is looked for without it. */
    readonly onAlarm?: (message: string) => void;
  },
): Promise<Running> {
  const { clock = Date.now, onAlarm, onError } = settings;
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
  const watching =
    onAlarm &&
    watchBesideServer(database, environment, {
      clock,
      site: () => front.site().config,
      onAlarm,
      onError: (error) => onError(error, "alarms"),
    });
  return {
    ...running,
    async close() {
      await Promise.all([running.close(), live.close(), watching?.stop()]);
      await front.close();
      await database.close();
    },
  };
}

/** How long answers that are under way when a server is closed may take, in milliseconds. */
const GRACE_MS = 5_000;

/** How often connections that have become idle meanwhile are closed, in milliseconds. */
const SWEEP_MS = 50;

/** Has a server listen. What it closes is the server alone, with every connection to it. */
export async function listening(server: Server, environment: Environment): Promise<Running> {
  const unused = unusedOf(server);
  await listen(server, environment);
  const { port } = server.address() as AddressInfo;
  const shown = environment.host === "0.0.0.0" || environment.host === "::" ? "localhost" : environment.host;
  return {
    url: `http://${shown}:${port}`,
    port,
    async close() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const socket of unused) socket.destroy();
      const sweeping = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
      const grace = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await closed;
      clearInterval(sweeping);
      clearTimeout(grace);
    },
  };
}

/** Connections that browsers open ahead of any need: Node takes one for busy until the time for a first request is over. */
function unusedOf(server: Server): ReadonlySet<Socket> {
  const unused = new Set<Socket>();
  server.on("connection", (socket) => {
    unused.add(socket);
    socket.once("close", () => unused.delete(socket));
  });
  server.on("request", ({ socket }) => unused.delete(socket));
  return unused;
}

function listen(server: Server, { port, host }: Environment): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, host, () => done());
  });
}
